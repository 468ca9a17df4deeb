import type { Theme } from '../theme.js'

/** Background and text of each container style in a theme; every text is above 4.5 to 1 on every background it may stand on. */
interface Palette {
  backgrounds: Record<'default' | 'emphasis' | 'accent' | 'good' | 'attention' | 'warning', string>
  text: Record<
    'default' | 'dark' | 'light' | 'accent' | 'good' | 'warning' | 'attention',
    [normal: string, subtle: string]
  >
  line: string
}

const palettes: Record<Theme, Palette> = {
  light: {
    backgrounds: {
      default: '#ffffff',
      emphasis: '#f0f0f0',
      accent: '#e8ebfa',
      good: '#e7f2da',
      attention: '#fce9eb',
      warning: '#fbf3d0',
    },
    text: {
      default: ['#242424', '#5c5c5c'],
      dark: ['#242424', '#5c5c5c'],
      light: ['#ffffff', '#f0f0f0'],
      accent: ['#4f52b2', '#5457b8'],
      good: ['#1b6b3a', '#2a6b41'],
      warning: ['#7a4f00', '#765512'],
      attention: ['#b3253b', '#a63a4a'],
    },
    line: '#e0e0e0',
  },
  dark: {
    backgrounds: {
      default: '#292929',
      emphasis: '#383838',
      accent: '#323350',
      good: '#213a22',
      attention: '#4a1f26',
      warning: '#463600',
    },
    text: {
      default: ['#ffffff', '#c8c8c8'],
      dark: ['#242424', '#5c5c5c'],
      light: ['#ffffff', '#c8c8c8'],
      accent: ['#b1b4fa', '#b8baf2'],
      good: ['#9bd8a4', '#a3d1aa'],
      warning: ['#ffd966', '#e8cd82'],
      attention: ['#ff9ea6', '#f2aeb4'],
    },
    line: '#4d4d4d',
  },
  contrast: {
    backgrounds: {
      default: '#000000',
      emphasis: '#1f1f1f',
      accent: '#000a4d',
      good: '#00280a',
      attention: '#4d0000',
      warning: '#332600',
    },
    text: {
      default: ['#ffffff', '#ffffff'],
      dark: ['#ffffff', '#ffffff'],
      light: ['#ffffff', '#ffffff'],
      accent: ['#ffff01', '#ffff01'],
      good: ['#5cff5c', '#5cff5c'],
      warning: ['#ffe14d', '#ffe14d'],
      attention: ['#ffb3b3', '#ffb3b3'],
    },
    line: '#ffffff',
  },
}

const fontFamily = {
  default: 'var(--font)',
  monospace: 'var(--mono)',
}
const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 }
const fontWeights = { lighter: 300, default: 400, bolder: 600 }

/** How Teams hosts Adaptive Cards: sizes, spacing and colours as its clients show them. */
export function hostConfig(theme: Theme): object {
  const { backgrounds, text, line } = palettes[theme]
  const foregroundColors = Object.fromEntries(
    Object.entries(text).map(([name, [normal, subtle]]) => [name, { default: normal, subtle }]),
  )
  const style = (backgroundColor: string) => ({ backgroundColor, foregroundColors, borderColor: line })
  const imageSizes = { small: 32, medium: 52, large: 100 }
  return {
    fontTypes: {
      default: { fontFamily: fontFamily.default, fontSizes, fontWeights },
      monospace: { fontFamily: fontFamily.monospace, fontSizes, fontWeights },
    },
    spacing: { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 12 },
    separator: { lineThickness: 1, lineColor: line },
    imageSizes,
    imageSet: { imageSize: 'medium', maxImageHeight: 100 },
    textBlock: { headingLevel: 3 },
    containerStyles: Object.fromEntries(Object.entries(backgrounds).map(([name, colour]) => [name, style(colour)])),
    factSet: {
      title: { weight: 'default', isSubtle: true, wrap: true, maxWidth: 120 },
      value: { wrap: true },
      spacing: 12,
    },
    table: { cellSpacing: 8 },
    inputs: {
      label: {
        inputSpacing: 'small',
        requiredInputs: { weight: 'bolder', suffix: ' *', suffixColor: 'attention' },
        optionalInputs: { weight: 'bolder' },
      },
      errorMessage: { color: 'attention', spacing: 'small', weight: 'default' },
    },
    actions: {
      maxActions: 6,
      spacing: 'medium',
      buttonSpacing: 8,
      actionsOrientation: 'horizontal',
      actionAlignment: 'left',
      iconPlacement: 'leftOfTitle',
      iconSize: 16,
      showCard: { actionMode: 'inline', inlineTopMargin: 12, style: 'emphasis' },
    },
    adaptiveCard: { allowCustomStyle: false },
    supportsInteractivity: true,
  }
}
