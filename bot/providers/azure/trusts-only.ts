/** Resource Manager's own address or a host below it; Nexus's token goes nowhere else. */
export function trustsOnly(endpoint: string): (url: string) => boolean {
  const { protocol, host } = new URL(endpoint)
  return (text) => {
    const url = URL.canParse(text) ? new URL(text) : undefined
    return url?.protocol === protocol && (url.host === host || url.host.endsWith(`.${host}`))
  }
}
