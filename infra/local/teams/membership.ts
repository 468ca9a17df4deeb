import type { State } from '../frame/state.js'
import type { Account, Directory, Place, TeamIdentity } from './directory.js'
import type { Install, TeamsState } from './model.js'

/** The app is installed in a team, for all its channels, or in one person's chats. */
export const installKey = (place: Place): string => place.team?.id ?? place.id

/** Where the app is installed, and who is a member of which team. */
export class Membership {
  constructor(
    private readonly state: State<TeamsState>,
    private readonly directory: Directory,
  ) {}

  install = (place: Place): Install | undefined => this.state.value.installs[installKey(place)]

  isInstalled(place: Place): boolean {
    const install = this.install(place)
    return install !== undefined && !install.removed
  }

  /** Installs the app, keeping a consent given before where none is said; answers whether it was not there before. */
  add(place: Place, consent: boolean | undefined): boolean {
    const before = this.isInstalled(place)
    const given = consent ?? (before && this.install(place)?.consent === true)
    this.state.value.installs[installKey(place)] = { consent: given, announced: true }
    this.state.changed()
    return !before
  }

  /** One place of each install that the bot was not told of; they count as told from here on. */
  takeUnannounced(): Place[] {
    const installs = this.state.value.installs
    const places = this.directory.places.filter((place) => {
      const install = installs[installKey(place)]
      if (!install || install.removed || install.announced) return false
      return (install.announced = true)
    })
    if (places.length) this.state.changed()
    return places
  }

  /** Uninstalls the app, and blocks the bot where asked; answers whether it was there before. */
  remove(place: Place, block: boolean): boolean {
    const before = this.isInstalled(place)
    this.state.value.installs[installKey(place)] = {
      consent: false,
      removed: true,
      ...(block ? { blocked: true } : {}),
    }
    this.state.changed()
    return before
  }

  teamMembers(team: TeamIdentity): Account[] {
    const joined = this.state.value.joined[team.key] ?? []
    return this.directory.accounts.filter((one) => team.members.includes(one.id) || joined.includes(one.id))
  }

  members(place: Place): Account[] {
    if (place.team) return this.teamMembers(place.team)
    return this.directory.accounts.filter((one) => one.id === place.person)
  }

  /** Teams here are public: whoever speaks in a channel joins its team first. Answers whether they just did. */
  join(place: Place, person: Account): boolean {
    if (!place.team || this.members(place).includes(person)) return false
    ;(this.state.value.joined[place.team.key] ??= []).push(person.id)
    this.state.changed()
    return true
  }
}
