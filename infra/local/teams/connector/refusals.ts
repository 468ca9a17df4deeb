import type { VendorResponse } from '../../frame/router.js'

/**
 * Refusals of the connector service, with the codes and messages of Microsoft's "status codes from bot conversational
 * APIs" (build-conversational-capability) and, for targeted messages, "handle errors" (targeted-messages).
 */
export const refuse = (
  status: number,
  code: string,
  message: string,
  headers: Record<string, string> = {},
): VendorResponse => ({ status, headers, body: { error: { code, message } } })

export const badArgument = (message: string) => refuse(400, 'BadArgument', message)
export const badSyntax = (message: string) => refuse(400, 'BadSyntax', message)
export const unauthorised = (): VendorResponse => ({
  status: 401,
  headers: { 'www-authenticate': 'Bearer' },
  body: { message: 'Authorization has been denied for this request.' },
})
export const notRegistered = () => refuse(401, 'BotNotRegistered', 'No registration found for this bot.')
export const notInRoster = () =>
  refuse(403, 'BotNotInConversationRoster', 'The bot is not part of the conversation roster.')
export const blocked = () => refuse(403, 'ConversationBlockedByUser', 'User blocked the conversation with the bot.')
export const notInstalledForUser = () =>
  refuse(403, 'ForbiddenOperationException', "Bot is not installed in user's personal scope")
export const notPermitted = (message: string) => refuse(403, 'NotEnoughPermissions', message)
export const noConversation = () => refuse(404, 'ConversationNotFound', 'Conversation not found.')
export const noActivity = () => refuse(404, 'ActivityNotFoundInConversation', 'Conversation not found.')
export const noMember = () => refuse(404, 'MemberNotFoundInConversation', 'Member not found in conversation.')
export const editedAtOnce = () =>
  refuse(
    412,
    'PreconditionFailed',
    'Precondition failed, please try again. Concurrent operations on the same conversation.',
  )
export const tooLarge = () => refuse(413, 'MessageSizeTooBig', 'Message size too large.')
export const throttled = (seconds: number) =>
  refuse(429, 'Throttled', 'Too many requests.', { 'retry-after': String(seconds) })
/** What ASP.NET, which the service is made of, answers to a path that it does not know. */
export const noRoute = (url: URL): VendorResponse => ({
  status: 404,
  body: { message: `No HTTP resource was found that matches the request URI '${url.href}'.` },
})
