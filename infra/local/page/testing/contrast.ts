/**
 * Runs in the page: texts whose contrast with what lies behind them is under 4.5 to 1 (WCAG 2.2, 1.4.3), each as
 * `ratio "text"`. Written as source, since the browser evaluates it.
 */
export const faintTexts = `(() => {
  const parse = (colour) => {
    const [r = 0, g = 0, b = 0, a = 1] = (colour.match(/[\\d.]+/g) ?? []).map(Number)
    return { r, g, b, a }
  }
  const over = (top, below) => ({
    r: top.r * top.a + below.r * (1 - top.a),
    g: top.g * top.a + below.g * (1 - top.a),
    b: top.b * top.a + below.b * (1 - top.a),
    a: 1,
  })
  const ground = (element) => {
    const own = parse(getComputedStyle(element).backgroundColor)
    if (own.a === 1) return own
    return over(own, element.parentElement ? ground(element.parentElement) : { r: 255, g: 255, b: 255, a: 1 })
  }
  const light = ({ r, g, b }) => {
    const [x, y, z] = [r, g, b].map((value) => (value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4))
    return 0.2126 * x + 0.7152 * y + 0.0722 * z
  }
  const ratio = (a, b) => (Math.max(light(a), light(b)) + 0.05) / (Math.min(light(a), light(b)) + 0.05)
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  const faint = []
  while (walker.nextNode()) {
    const { data, parentElement: element } = walker.currentNode
    if (!data.trim() || !element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
    const behind = ground(element)
    const found = ratio(over(parse(getComputedStyle(element).color), behind), behind)
    if (found < 4.5) faint.push(found.toFixed(2) + ' "' + data.trim().slice(0, 40) + '"')
  }
  return faint
})()`
