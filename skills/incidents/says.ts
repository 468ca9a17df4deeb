/** How people ask about incidents, command by command; understanding is built from these. */

export const list = [
  'incidents',
  'open incidents',
  'list incidents',
  'show incidents',
  'what is broken',
  'what is on fire',
  'any incidents',
  'are there incidents for {scope}',
  'incidents for {scope}',
  'incidents of {scope}',
  '{which} incidents for {scope}',
  '{which} incidents of {scope}',
  '{which} incidents',
  'what broke in {scope}',
  'is anything broken in {scope}',
]

export const show = [
  'show incident {incident}',
  'incident {incident}',
  'how is {incident}',
  'status of {incident}',
  'how does {incident} stand',
  'who has {incident}',
  'who is working on {incident}',
  'is {incident} over',
  'what is going on with {incident}',
  'what happened in {incident}',
  'open the card of {incident}',
]

export const acknowledge = [
  'ack {incident}',
  'acknowledge {incident}',
  'acknowledge incident {incident}',
  'i have {incident}',
  'i got {incident}',
  'i take {incident}',
  'i am on {incident}',
  'i am looking at {incident}',
  '{incident} is mine',
  'take {incident}',
  'mark {incident} as acknowledged',
  '{incident} acknowledged',
  'on {incident}',
]

export const assign = [
  'assign {incident} to {person}',
  'hand {incident} to {person}',
  'hand {incident} over to {person}',
  'give {incident} to {person}',
  'pass {incident} to {person}',
  'pass {incident} on to {person}',
  'reassign {incident} to {person}',
  'let {person} take {incident}',
  '{person} takes {incident}',
  '{person} has {incident}',
  'assign incident {incident} to {person}',
]

export const snooze = [
  'snooze {incident}',
  'snooze {incident} for {length}',
  'snooze {incident} {length}',
  'snooze {incident} until {until}',
  'snooze {incident} till {until}',
  'put {incident} off for {length}',
  'put {incident} off until {until}',
  'put off {incident}',
  'put off {incident} for {length}',
  'silence {incident} for {length}',
  'silence {incident} until {until}',
  'quiet {incident} for {length}',
]

export const resolve = [
  'resolve {incident}',
  'resolve incident {incident}',
  'close {incident}',
  '{incident} is resolved',
  '{incident} is over',
  '{incident} is fixed',
  '{incident} is done',
  'mark {incident} as resolved',
  '{incident} resolved',
  '{incident} fixed',
  'end {incident}',
  'we fixed {incident}',
  'resolve {incident} because {why}',
]

export const reopen = [
  'reopen {incident}',
  'open {incident} again',
  'reopen incident {incident}',
  '{incident} is back',
  '{incident} is not over',
  '{incident} is not fixed',
  '{incident} is broken again',
  'unresolve {incident}',
  'unack {incident}',
  'unacknowledge {incident}',
  'reopen {incident} because {why}',
]

export const note = [
  'note {note} on {incident}',
  'note on {incident} {note}',
  'note {incident} {note}',
  'add note to {incident} {note}',
  'add note {note} to {incident}',
  'write {note} on {incident}',
  'comment on {incident} {note}',
  'comment {incident} {note}',
  'log on {incident} {note}',
  'remark on {incident} {note}',
]
