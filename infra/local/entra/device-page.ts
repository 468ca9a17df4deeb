import type { VendorRequest, VendorResponse } from '../frame/router.js'
import type { Organisation } from '../organisation/model.js'
import type { DeviceCodes } from './device-codes.js'

/**
 * The page where a person approves a device's sign-in: they type the code and say who they are. Nobody is asked for a
 * password, since whoever reaches loopback may be anybody here.
 */
export const devicePage = (org: Organisation, query: Record<string, string>): VendorResponse =>
  html(200, `Sign in to ${org.name}`, form(org, query.user_code ?? query.otc ?? ''))

/** Takes the form, or the same as JSON: `{user_code, person, answer: 'approve' | 'decline'}`. */
export function answerDevice(
  org: Organisation,
  codes: DeviceCodes,
  base: string,
  request: VendorRequest,
): VendorResponse {
  const { user_code = '', person = '', answer = 'approve' } = (request.body ?? {}) as Record<string, string>
  const json = request.headers['content-type']?.includes('json') ?? false
  const say = (status: number, text: string) =>
    json
      ? { status, body: status < 300 ? { message: text } : { error: text } }
      : html(status, text, status < 300 ? '<p>You may close this page.</p>' : form(org, user_code))
  if (request.headers.origin && request.headers.origin !== base)
    return say(403, 'Another site may not approve a sign-in.')
  const code = codes.waiting(String(user_code))
  if (!code) return say(400, `The code ${JSON.stringify(user_code)} is not known, was used, or has expired.`)
  const signer = org.people.find(({ id }) => id === person)
  if (!signer) return say(400, `There is nobody called ${JSON.stringify(person)} in ${org.name}.`)
  code.answer = answer === 'decline' ? 'declined' : { person: signer.id }
  return say(200, answer === 'decline' ? 'The device was refused.' : `The device is signed in as ${signer.name}.`)
}

const form = (org: Organisation, code: string): string => `
<form method="post">
  <label for="code">Code that the device shows</label>
  <input id="code" name="user_code" value="${escape(code)}" autocomplete="off" required>
  <label for="person">You are</label>
  <select id="person" name="person">${org.people
    .map(({ id, name, title }) => `<option value="${escape(id)}">${escape(`${name}, ${title}`)}</option>`)
    .join('')}</select>
  <button name="answer" value="approve">Sign in</button>
  <button name="answer" value="decline">Refuse</button>
</form>`

const html = (status: number, title: string, body: string): VendorResponse => ({
  status,
  headers: {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  },
  body: `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 26rem; margin: 12vh auto; padding: 0 1rem; color-scheme: light dark }
  label { display: block; margin-top: 1rem } input, select { font: inherit; width: 100%; box-sizing: border-box; padding: .4rem }
  button { font: inherit; margin: 1.5rem .5rem 0 0; padding: .4rem 1rem }
</style>
<h1>${escape(title)}</h1>${body}</html>`,
})

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => entities[char]!)
