/** How one Teams client draws cards: its name in file names, the width of its messages, its colours and its host config. */
export type Client = {
  name: string
  width: number
  theme: 'light' | 'dark' | 'contrast'
  page: string
  hostConfig: object
}

type Colours = { text: string; subtle: string; accent: string; good: string; warning: string; attention: string }

const colourSet = (colours: Colours) => {
  const of = (main: string) => ({ default: main, subtle: main })
  return {
    default: { default: colours.text, subtle: colours.subtle },
    dark: { default: '#252424', subtle: '#616161' },
    light: { default: '#ffffff', subtle: '#f3f2f1' },
    accent: of(colours.accent),
    good: of(colours.good),
    warning: of(colours.warning),
    attention: of(colours.attention),
  }
}

type Styles = Record<
  'default' | 'emphasis' | 'accent' | 'good' | 'warning' | 'attention',
  { back: string; colours: Colours }
>

const fontType = (fontFamily: string) => ({
  fontFamily,
  fontSizes: { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 },
  fontWeights: { lighter: 200, default: 400, bolder: 600 },
})

/** Sizes and spacing are the same in every Teams client: those of microsoft/Teams-AdaptiveCards-Mobile, samples/HostConfig. */
const hostConfig = (styles: Styles, line: string) => ({
  supportsInteractivity: true,
  spacing: { small: 8, default: 12, medium: 16, large: 20, extraLarge: 24, padding: 16 },
  separator: { lineThickness: 1, lineColor: line },
  imageSizes: { small: 32, medium: 52, large: 100 },
  fontTypes: {
    default: fontType("'Segoe UI', 'Liberation Sans', 'DejaVu Sans', sans-serif"),
    monospace: fontType("'Courier New', 'Liberation Mono', monospace"),
  },
  textStyles: { heading: { size: 'large', weight: 'bolder' } },
  textBlock: { headingLevel: 2 },
  containerStyles: Object.fromEntries(
    Object.entries(styles).map(([name, { back, colours }]) => [
      name,
      { backgroundColor: back, borderColor: line, foregroundColors: colourSet(colours) },
    ]),
  ),
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 16, style: 'emphasis' },
  },
  factSet: { title: { weight: 'bolder', wrap: true, maxWidth: 150 }, value: { wrap: true }, spacing: 16 },
  inputs: {
    label: {
      inputSpacing: 'small',
      requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
      optionalInputs: { weight: 'bolder' },
    },
    errorMessage: { color: 'attention', size: 'small', spacing: 'small' },
  },
})

/** The desktop and web client: Fluent's palette, states as quiet tints that keep the theme's own text colours. */
const lightColours: Colours = {
  text: '#242424',
  subtle: '#616161',
  accent: '#5b5fc7',
  good: '#237b4b',
  warning: '#835b00',
  attention: '#c4314b',
}
const darkColours: Colours = {
  text: '#ffffff',
  subtle: '#adadad',
  accent: '#9299f7',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#f9526b',
}
const tints = (colours: Colours, backs: Record<keyof Styles, string>): Styles =>
  Object.fromEntries(Object.entries(backs).map(([name, back]) => [name, { back, colours }])) as Styles

const desktopLight = tints(lightColours, {
  default: '#ffffff',
  emphasis: '#f5f5f5',
  accent: '#e8ebfa',
  good: '#e7f2da',
  warning: '#fbf6d9',
  attention: '#fcf4f6',
})
const desktopDark = tints(darkColours, {
  default: '#292929',
  emphasis: '#1f1f1f',
  accent: '#2f2f4a',
  good: '#0d2e0d',
  warning: '#463100',
  attention: '#3e1f25',
})

const contrastColours: Colours = {
  text: '#ffffff',
  subtle: '#ffffff',
  accent: '#ffff01',
  good: '#5cff5c',
  warning: '#ffe14d',
  attention: '#ffb3b3',
}
const desktopContrast = tints(contrastColours, {
  default: '#000000',
  emphasis: '#1f1f1f',
  accent: '#000a4d',
  good: '#00280a',
  warning: '#332600',
  attention: '#4d0000',
})

/** The phone clients: their published host configs, where a state's tint is light and its text dark in both themes. */
const phoneStates = { accent: '#c7def9', good: '#ccffcc', warning: '#ffe2b2', attention: '#ffc5b2' }
const phoneLightColours: Colours = {
  text: '#252424',
  subtle: '#bf252424',
  accent: '#6264a7',
  good: '#92c353',
  warning: '#f8d22a',
  attention: '#c4314b',
}
const phoneDarkColours: Colours = {
  ...phoneLightColours,
  text: '#ffffff',
  subtle: '#bfffffff',
  accent: '#a6a7dc',
  attention: '#d74654',
}
const onTint: Colours = { ...phoneDarkColours, text: '#201f1f', subtle: '#2d2c2c' }

const phoneLight = tints(phoneLightColours, { default: '#ffffff', emphasis: '#f9f8f7', ...phoneStates })
const phoneDark: Styles = {
  ...tints(onTint, { default: '', emphasis: '', ...phoneStates }),
  ...{
    default: { back: '#2d2c2c', colours: phoneDarkColours },
    emphasis: { back: '#292828', colours: phoneDarkColours },
  },
}

/** The clients the gallery draws for: desktop in Teams' three themes, and the phone, which has two. */
export const clients: readonly Client[] = [
  {
    name: 'desktop-light',
    width: 580,
    theme: 'light',
    page: '#f5f5f5',
    hostConfig: hostConfig(desktopLight, '#e0e0e0'),
  },
  { name: 'desktop-dark', width: 580, theme: 'dark', page: '#1f1f1f', hostConfig: hostConfig(desktopDark, '#3d3d3d') },
  {
    name: 'desktop-contrast',
    width: 580,
    theme: 'contrast',
    page: '#000000',
    hostConfig: hostConfig(desktopContrast, '#ffffff'),
  },
  { name: 'phone-light', width: 320, theme: 'light', page: '#f3f2f1', hostConfig: hostConfig(phoneLight, '#eeeeee') },
  { name: 'phone-dark', width: 320, theme: 'dark', page: '#1b1a1a', hostConfig: hostConfig(phoneDark, '#4a4848') },
]
