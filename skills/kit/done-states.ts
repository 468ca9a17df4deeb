/** States of a work item in which nothing is left to do, of Azure Boards' processes and of GitHub, in lower case. */
export const doneStates = ['closed', 'done', 'removed', 'resolved', 'completed'] as const
