/** Plain requests to have what is one's own read anew. */
export const refreshRequests = [
  '(refresh|reload|update|sync|synchronise|synchronize|resync|renew|reread|re-read|recheck|re-check|refetch|recompute|rebuild|recalculate|redraw|reset|freshen|freshen up) my (stuff|state|things|data|page|overview|dashboard|work|status|view|home|tab|list|lists|info|information|board|start page|summary|profile|details|account)',
  '(refresh|reload|update|sync|synchronise|synchronize|resync|renew|reread|re-read|recheck|re-check|refetch|recompute) my (access|permissions|rights|access rights|groups|group memberships|memberships|membership|roles|role|teams|team membership|belongings|ownership)',
  '(refresh|reload|sync|resync|renew|reread|recheck) (me|what is mine|what belongs to me|what you know about me|what you know of me|what you have on me|everything of mine|everything for me|mine|all of mine)',
  '(fetch|read|load|get|pull|look up|check|collect|gather|look at|go through|bring|find|work out|look for) my (stuff|state|things|data|page|overview|access|permissions|rights|groups|work|info|information|dashboard|list) (again|anew|afresh|fresh|once more|one more time|newly|from scratch)',
  '(fetch|read|load|get|pull|look up|check|collect|gather|look at|work out) (what is mine|what belongs to me|everything of mine) (again|anew|afresh|once more)',
  '(bring|get|make|put|have|keep|need|want) my (stuff|state|things|data|page|overview|dashboard|list|view|info|information|access|permissions|groups) (up to date|current|fresh|refreshed|updated|reloaded|synced|in sync|up-to-date)',
  '(do|make|run|start|give|trigger|force|need|want|have|get) a [quick|full] (refresh|reload|update|sync|resync) of my (stuff|state|things|data|page|overview|dashboard|list|view|info|information|access|permissions)',
  'give my (stuff|state|things|data|page|overview|dashboard|list|view|info|information) a [quick] (refresh|reload|update|sync)',
  '(look|check) again (at|for) (what is mine|my stuff|my things|my state|my page|my access)',
  '(get|fetch|pull|load|read) (fresh|new|current|the latest|latest|up to date) (data|information|info|state) (for|about|on|of) me',
  'get me (fresh|current|the latest|latest|up to date) (data|information|state) (on|about) (my stuff|myself|me|what is mine)',
]
