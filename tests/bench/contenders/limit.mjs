import { createServer } from 'node:http';
import { storeFile } from '@dossier/cli';
import Database from 'better-sqlite3';
import { reportReady } from './reportReady.mjs';

// The lower bound: Node's HTTP server, prepared statements, and a hand-written response for one operation.
const open = (name) => new Database(storeFile(process.env.DATA_DIR, name), { readonly: true });
const [actors, statements, sanctions, trade] = ['actors', 'statements', 'sanctions', 'trade'].map(open);
const inKeys = 'in (select value from json_each(?))';
const actorById = actors.prepare('select id, name from actor where id = ?');
const actorsById = actors.prepare(`select id, name from actor where id ${inKeys}`);
const page = statements.prepare(
  "select s.id, s.summary, s.modality, s.status, s.attribution from statement_party_text p join statement s on s.text_key = p.text_key where p.actor_id = ? and p.role = 'SPEAKER' order by p.text_key limit ?",
);
const links = sanctions.prepare(
  `select statement_id, relation, provision_id from provision_link where statement_id ${inKeys} order by id`,
);
const provisions = sanctions.prepare(`select id, paragraph from provision where id ${inKeys}`);
const figures = trade.prepare(
  `select statement_id, id, value, unit from trade_figure where statement_id ${inKeys} order by id`,
);

function answer({ actor: id, first }) {
  const actor = actorById.get(id);
  const rows = page.all(id, first + 1);
  const shown = rows.slice(0, first);
  const keys = JSON.stringify(shown.map((row) => row.id));
  const linkRows = links.all(keys);
  const provisionOf = new Map(
    provisions.all(JSON.stringify(linkRows.map((row) => row.provision_id))).map((row) => [row.id, row]),
  );
  const figureRows = figures.all(keys);
  const attributions = shown.map((row) => JSON.parse(row.attribution));
  const nameOf = new Map(
    actorsById.all(JSON.stringify(attributions.flatMap(({ speakers }) => speakers))).map((row) => [row.id, row]),
  );
  const nodes = shown.map((row, index) => ({
    id: row.id,
    summary: row.summary,
    modality: row.modality,
    attribution: { status: row.status, speakers: attributions[index].speakers.map((speaker) => nameOf.get(speaker)) },
    provisionLinks: linkRows
      .filter((link) => link.statement_id === row.id)
      .map((link) => ({ relation: link.relation, provision: provisionOf.get(link.provision_id) })),
    tradeFigures: figureRows
      .filter((figure) => figure.statement_id === row.id)
      .map(({ id, value, unit }) => ({ id, value, unit })),
  }));
  return {
    data: {
      actor: { id: actor.id, name: actor.name, statements: { nodes, pageInfo: { hasNextPage: rows.length > first } } },
    },
  };
}

const server = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => {
    body += chunk;
  });
  request.on('end', () => {
    const text = `${JSON.stringify(answer(JSON.parse(body).variables))}\n`;
    response
      .writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text) })
      .end(text);
  });
});
server.listen(0, '127.0.0.1', () => reportReady(`http://127.0.0.1:${server.address().port}/graphql`));
