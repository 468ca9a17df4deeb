/** English words that look as if two had been run together: they begin with one that opens questions, or end with one that leads on. */
export const compoundWords: ReadonlySet<string> = new Set(
  [
    'however whoever whomever whatever whichever wherever whenever whatnot whatsoever',
    'whereof wherein whereupon whereabouts whereby whereas wherewith anyhow anyplace anytime anyway anyways anywhere anymore',
    'therein thereof thereto thereon therefrom therewith thereupon thereby herein hereof hereto herewith forthwith',
    'ourself ourselves myself themself themselves allover allow allows cannon candid cancan island islands',
    'programme carton format plugin wanton shopping whatsapp whoops washer washing howled onstage dragon brandon stepson ballon overreact notable nevermind nevermore',
  ].flatMap((line) => line.split(' ')),
)
