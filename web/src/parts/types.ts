/** What all pages speak of, as types. */

export type Lang = "zh" | "en";
export type Both = Record<Lang, string>;
export type Words = Record<Lang, Record<string, string>>;
/** A thing that is found by a name. */
export interface Found {
  id: string;
  name: string;
  kind: string;
}
