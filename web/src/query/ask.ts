/** Asks the service in SPARQL 1.1 Protocol. */

import type { Answer, Value } from "./types";

/** No thing of the graph has a name that the reader gave. */
export class Unknown extends Error {}

/** Ask a query. Throws what the service says where it refuses. */
export async function ask(query: string, signal: AbortSignal): Promise<Answer> {
  const reply = await fetch("/sparql", {
    method: "POST",
    body: query,
    signal,
    headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json, text/turtle;q=0.9" },
  });
  if (!reply.ok) throw new Error((await reply.text()).trim());
  if (reply.headers.get("content-type")?.startsWith("text/turtle")) return { turtle: await reply.text() };
  const told = (await reply.json()) as { boolean?: boolean; head: { vars: string[] }; results: { bindings: Record<string, Value>[] } };
  return told.boolean === undefined ? { names: told.head.vars, rows: told.results.bindings } : { yes: told.boolean };
}

/** Media types of the files that the service makes of rows. */
const FILES = {
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  parquet: "application/vnd.apache.parquet",
};

/** The answer of a query as a file. Throws what the service says where it cannot make one. */
export async function fileOf(query: string, kind: keyof typeof FILES): Promise<Blob> {
  const headers = { "Content-Type": "application/sparql-query", Accept: FILES[kind] };
  const reply = await fetch("/sparql", { method: "POST", body: query, headers });
  if (!reply.ok) throw new Error((await reply.text()).trim());
  return reply.blob();
}

/** A query with its variables bound to the things that have these names; an empty name leaves its variable free. */
export async function bound(query: string, names: Record<string, string>, signal: AbortSignal): Promise<string> {
  let text = query;
  for (const [variable, name] of Object.entries(names)) {
    if (!name.trim()) continue;
    const called = `SELECT ?thing { ?thing rdfs:label|skos:altLabel ?name FILTER (STR(?name) = ${JSON.stringify(name.trim())}) } LIMIT 1`;
    const found = await ask(called, signal);
    const thing = "rows" in found && found.rows[0]?.thing;
    if (!thing) throw new Unknown(name.trim());
    text += `\nVALUES ?${variable} { <${thing.value}> }`;
  }
  return text;
}
