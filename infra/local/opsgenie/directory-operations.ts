import type { Router } from '../frame/router.js'
import type { Account, Person, Team } from './account.js'
import { answer, notFound, page } from './answers.js'
import { opsgenieId } from './ids.js'

/** Users and teams of the account. */
export function directoryOperations(router: Router, account: Account): void {
  const showUser = (person: Person) => ({
    id: opsgenieId('user', person.id),
    username: account.mail(person),
    fullName: person.name,
    role: { id: 'User', name: 'User' },
    timeZone: person.zone,
    locale: person.locale.replace('-', '_'),
    blocked: false,
    verified: true,
  })
  const showTeam = ({ id, name, summary }: Team) => ({ id: opsgenieId('team', id), name, description: summary })

  router
    .get('/v2/users', (request) => page(request, account.users, showUser))
    .get('/v2/users/{user}', (request) => {
      const user = account.user(request.params.user)
      if (!user) throw notFound('User')
      return answer(request, { data: showUser(user) })
    })
    .get('/v2/teams', (request) => answer(request, { data: account.teams.map(showTeam) }))
}
