import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { readDeploy } from './files.js';

/** Linux's numbers of the address families that units name. */
const FAMILIES: Record<string, number> = { AF_UNIX: 1, AF_INET: 2, AF_INET6: 10, AF_NETLINK: 16 };

/** The values of a directive of a unit, in order: each line has a list of its own. */
export const valuesOf = (unit: string, directive: string): string[][] =>
  [...readDeploy(`systemd/${unit}`).matchAll(new RegExp(`^${directive}=(.*)$`, 'gm'))].map(([, value = '']) =>
    value.split(' ').filter((word) => word !== ''),
  );

/** The groups of system calls that systemd knows, each with its system calls and other groups. */
function systemCallGroups(): Map<string, string[]> {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', ['syscall-filter'], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`systemd-analyze syscall-filter: ${stderr}`);
  const groups = new Map<string, string[]>();
  let members: string[] = [];
  for (const line of stdout.split('\n')) {
    const name = line.trim();
    if (name === '' || name.startsWith('#')) continue;
    if (line.startsWith(' ')) members.push(name);
    else {
      members = [];
      groups.set(name, members);
    }
  }
  return groups;
}

/** What seccomp.py enforces. */
export interface Filters {
  allowed: string[];
  killed: string[];
  families: number[];
}

/**
 * What systemd allows a unit with these values of `SystemCallFilter` and `RestrictAddressFamilies`: of the first, later lines add
 * to earlier ones, or take away with `~`.
 */
export function filtersOf(systemCallFilter: string[][], addressFamilies: string[][]): Filters {
  const groups = systemCallGroups();
  const expand = (name: string): string[] =>
    name.startsWith('@') ? (groups.get(name) ?? raise(`Unknown group ${name}`)).flatMap(expand) : [name];
  const allowed = new Set<string>();
  for (const [first = '', ...others] of systemCallFilter) {
    const isDenied = first.startsWith('~');
    for (const name of [first.replace('~', ''), ...others].flatMap(expand))
      isDenied ? allowed.delete(name) : allowed.add(name);
  }
  const killed = [...new Set(expand('@known'))].filter((name) => !allowed.has(name));
  const families = addressFamilies.flat().map((name) => FAMILIES[name] ?? raise(`Unknown family ${name}`));
  return { allowed: [...allowed], killed, families };
}

export const filtersOfUnit = (unit: string): Filters =>
  filtersOf(valuesOf(unit, 'SystemCallFilter'), valuesOf(unit, 'RestrictAddressFamilies'));

/** A command that runs `command` under the filters. */
export const sandboxed = (filters: Filters, command: readonly string[]): [string, ...string[]] => [
  'python3',
  join(import.meta.dirname, 'seccomp.py'),
  JSON.stringify(filters),
  ...command,
];

function raise(message: string): never {
  throw new Error(message);
}
