/** Plain requests for single actions, in the many verbs and orders in which they are made. */
export const requestsOfActions = {
  rotateKey: [
    '(rotate|regenerate|renew|roll|cycle|recycle|re-generate|recreate|reissue|refresh|change|replace|reset|swap out) the [storage|access|account] (key|keys) (of|for|on|in|at) {target}',
    '(rotate|regenerate|renew|roll|cycle|recycle|recreate|reissue|refresh|change|replace) {target} [storage|access|account] (key|keys)',
    '(rotate|regenerate|renew|roll|recreate) [storage|access|account] (key|keys) {target}',
    '(do|make|perform|trigger|start|run|kick off|need|want|have|get|initiate|execute) a [key] (rotation|rollover|renewal) (of|for|on) [the] [key of|keys of] {target}',
    '(make|create|issue|generate|produce|give me|need|want|get|get me|have) a (new|fresh|another) [storage|access|account] key (for|of|on) {target}',
    'rotate {target}',
  ],
  swapSlots: [
    '(swap|switch|flip|exchange|change over|toggle|turn over|interchange) the [web app|deployment|app] (slots|slot) (of|for|on|in) {target}',
    '(swap|switch|flip|exchange|toggle) {target} [web app|deployment|app] (slots|slot)',
    '(do|make|perform|trigger|start|run|kick off|need|want|have|get|initiate|execute) a [slot] swap (of|for|on) [the slots of] {target}',
    '(swap|switch|flip|exchange) {slot} (and|with|for|into|to) production (for|on|of) {target}',
    '(put|bring|take|push|move|set|get|make) the {slot} slot (of|for|on) {target} (live|to production|into production|to live)',
  ],
}
