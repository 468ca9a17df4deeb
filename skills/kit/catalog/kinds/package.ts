import { everything } from '../filter.js'
import type { KindDeclaration } from '../kind-declaration.js'
import { countOf, described, moment, text, vulnerability } from './common-properties.js'

export const softwarePackage: KindDeclaration = {
  kind: 'Package',
  title: 'Package',
  plural: 'Packages',
  summary: 'A library or image that is published or used, with its licence and known vulnerabilities.',
  icon: 'package',
  says: ['package', 'library', 'dependency', 'module', 'artifact'],
  properties: {
    ...described,
    version: text('Version', 'latest version'),
    versions: { type: 'list', title: 'Versions in use', says: ['versions'] },
    ecosystem: {
      ...text('Ecosystem', 'registry', 'language'),
      values: [
        'npm',
        'nuget',
        'maven',
        'pypi',
        'go',
        'cargo',
        'rubygems',
        'composer',
        'docker',
        'universal',
        'actions',
      ],
    },
    purl: text('Package URL'),
    license: text('Licence', 'licence', 'license'),
    vulnerabilities: countOf('Vulnerabilities', 'vulnerabilities', 'advisories', 'cves'),
    worst: vulnerability,
    advisories: { type: 'list', title: 'Advisories', says: ['advisory', 'cve'] },
    fixedIn: text('Fixed in', 'fixed version', 'patched version'),
    feed: text('Feed', 'artifact feed'),
    visibility: { ...text('Visibility'), values: ['public', 'internal', 'private'] },
    deprecated: { type: 'boolean', title: 'Deprecated', says: ['deprecated'] },
    published: moment('Published', 'released', 'updated'),
  },
  relations: {
    ownedBy: ['Team', 'Person'],
    builtFrom: ['Repository'],
    dependsOn: ['Package'],
    declaredBy: ['Repository'],
  },
  sentence: ['{ecosystem} package', ', licensed {license}', '.'],
  facts: ['ownedBy', 'version', 'license', 'worst', 'vulnerabilities', 'fixedIn', 'published', 'feed', 'builtFrom'],
  sections: [
    { title: 'Used by', steps: ['usedBy'] },
    { title: 'Published by', steps: ['publishedBy'] },
    { title: 'Depends on', steps: ['dependsOn'] },
  ],
  next: [{ ask: 'owner' }, { ask: 'show', of: 'builtFrom' }],
  // What only others publish is nobody's here.
  ownable: {
    any: [
      { step: { type: 'builtFrom', direction: 'out' }, of: everything },
      { not: { property: 'feed', missing: true } },
    ],
  },
}
