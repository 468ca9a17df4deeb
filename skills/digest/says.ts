/** How people ask for their digest. */
export const show = [
  'my digest',
  'digest',
  'digest now',
  'show my digest',
  'send my digest now',
  'give me my digest',
  'what is in my digest',
  'morning digest',
  'todays digest',
  'daily digest',
  'good morning',
  'brief me',
  'my morning brief',
]

/** Times that stand behind any way to say which digest. */
const times = [
  'at {time} on {days}',
  'at {time} {days}',
  'at {time} {days} {zone}',
  'at {time} on {days} {zone}',
  'at {time} on {days} in {zone}',
  'at {time} {zone}',
  'at {time} in {zone}',
  'at {time}',
  'on {days} at {time}',
  '{days} at {time}',
  '{days} at {time} {zone}',
]
/** Times that need whole words before them, to be no other question. */
const parts = ['on {days}', '{days}', 'in {zone}']

const behind = (opening: string, whens: readonly string[]) => whens.map((when) => `${opening} ${when}`)

/** How people say when their digest is to come. */
export const set = [
  ...behind('send my digest', [...times, ...parts]),
  ...behind('send me my digest', [...times, ...parts]),
  ...behind('i want my digest', [...times, ...parts]),
  ...behind('digest', times),
  ...behind('my digest', [...times, 'on {days}', 'in {zone}']),
  'move my digest to {time}',
  'change my digest to {time}',
  'change my digest to {time} on {days}',
  'start my digest',
  'resume my digest',
  'turn on my digest',
  'turn my digest on',
  'switch on my digest',
  'subscribe to digest',
  'digest on',
]

/** How people stop it. */
export const off = [
  'stop my digest',
  'stop digest',
  'no digest',
  'no more digest',
  'turn off my digest',
  'turn my digest off',
  'switch off my digest',
  'digest off',
  'end my digest',
  'cancel my digest',
  'unsubscribe from digest',
  'do not send my digest',
  'stop sending my digest',
]
