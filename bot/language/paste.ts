/** What a message of a machine has and talk of people does not. */
const signs =
  /\b(?:fired|firing|triggered|alert|alerts|critical|advisory|unhealthy|degraded|succeeded|failed|failure|exceeded|leaked|anomaly|heartbeat|http5xx|notifications?|digest)\b|\b(?:sev|p)[- ]?[0-5]\b|#\d+|\b\d+(?:\.\d+)? ?(?:%|ms|s|min)(?![\p{L}\d])|[<>=]\s?\d|[|·→✅]|^\s*\[[^\]]+\]|\b[a-z]+-[a-z0-9-]+-(?:prd|stg|dev|prod)\b|\b(?:requested|scheduled|expires?|running|waiting|started|finished|resolved|acknowledged|deleted)\b/iu

/** Heads of mails, quoted lines, times and names of a chat, numbered steps, and what leads to the next line or says what ought to be done. */
const leads =
  /^\s*>|^\s*(?:from|to|cc|subject|sent|date|re|fw|fwd|von|betreff)\s*:|^\s*[[(]?\d\d?:\d\d|^\s*(?:\d+[.)]|[-*•])\s|:\s*$|["“”„]\s*$|\b(?:recommend\w*|suggest\w*|remediation|runbook|step|steps|wrote|writes|said|says|asked|asks|instructions?|please|playbook|then|if|unless|when|after|before|until|once|don't|do not|never)\b/iu

/** Most lines of what is pasted. */
const most = 12

/**
 * Where the last line of a text begins, if all before it is what a machine sent: somebody pasted an alert and says below it what is to be done.
 */
export function belowPaste(text: string): number | undefined {
  const lines = text.trimEnd().split('\n')
  const above = lines.slice(0, -1).filter((line) => line.trim())
  if (!above.length || above.length > most) return undefined
  if (!above.every((line) => signs.test(line) && !leads.test(line))) return undefined
  return text.trimEnd().length - lines.at(-1)!.length
}
