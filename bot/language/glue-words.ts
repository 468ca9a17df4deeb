/** Words that hold a sentence together and mean nothing by themselves: they neither name a thing nor tell one command from another. */
export const glue: ReadonlySet<string> = new Set(
  [
    'the a an this that these those it its in on at of for to from by with about into onto over as and or but so then than too also',
    'is are was were be been being am do does did done has have had having can could will would should shall may might must',
    'i me my mine we us our ours you your he she they them their there here who what which when where why how whose',
    'please pls plz thanks thank thx just kindly hey hi hello ok okay well right now actually really maybe perhaps again once still already',
    'any some all every each both other another same such only more most much many few no not never none nor neither',
    'next last first new old open close main everything everyone everybody anything anyone something someone',
    'if unless whether because since until while before after during',
  ].flatMap((line) => line.split(' ')),
)
