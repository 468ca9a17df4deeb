import { expect, test } from '@jest/globals'
import { nameIncidents, type Numbered } from './name-incidents.js'

const incident = (id: string, incident_number: number, incident_key: string | null = null): Numbered => ({
  ...{ id, incident_number, incident_key },
})
const names = (incidents: Numbered[], isTaken: Parameters<typeof nameIncidents>[1] = () => false) =>
  Object.fromEntries([...nameIncidents(incidents, isTaken)].map(([name, { id }]) => [name, id]))

test('PagerDuty’s own are known by its numbers, those that Nexus opened by theirs', () => {
  expect(names([incident('P', 130), incident('Q', 140, 'INC-131'), incident('R', 141, 'monitor/7')])).toEqual({
    ...{ 'INC-130': 'P', 'INC-131': 'Q', 'INC-141': 'R' },
  })
})

test('a number that Nexus gave before is not given twice, whichever was read first', () => {
  const both = [incident('Q', 140, 'INC-131'), incident('P', 131)]
  const apart = { 'INC-131': 'Q', 'PD-131': 'P' }
  expect(names(both)).toEqual(apart)
  expect(names([...both].reverse())).toEqual(apart)
})

test('one that Nexus did not page for keeps its name too; PagerDuty’s own that it took over stays as it was', () => {
  expect(names([incident('P', 131)], (name) => name === 'INC-131')).toEqual({ 'PD-131': 'P' })
  const takenOver = (name: string, pagerDutyId: string) => name === 'INC-131' && pagerDutyId !== 'P'
  expect(names([incident('P', 131)], takenOver)).toEqual({ 'INC-131': 'P' })
})

test('of one that was opened again the newest page counts', () => {
  expect(names([incident('R', 150, 'INC-131'), incident('Q', 140, 'INC-131')])).toEqual({ 'INC-131': 'R' })
})
