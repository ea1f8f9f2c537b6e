/** The explorer: one file with the scene packed in it, or a page of `kg serve` that asks for what the reader walks to. */

import { startPage } from "../graph/page.js";
import { dataIn, part } from "../parts/dom.js";
import { speak, worded } from "../parts/words.js";
import type { Drawing, Events, Scene, Start } from "../graph/types";
import type { Lang, Words } from "../parts/types";
import { offerToAsk } from "./selection";
import { sigmaDrawing } from "./drawing";
import { GrowingAnswer } from "./growing";
import { packedScene } from "./packed";
import { GraphService } from "./service";

/** What takes the place of a drawing where the browser has no WebGL: nothing is drawn, all else works. */
function noDrawing(): Drawing {
  return {
    show() {},
    place: () => ({ x: 0, y: 0 }),
    camera: () => [0, 0, 1],
    moveTo() {},
    picture: () => document.createElement("canvas"),
  };
}

function drawn(words: Words, lang: Lang) {
  return (stage: HTMLElement, scene: () => Scene, events: Events): Drawing => {
    try {
      return sigmaDrawing(stage, scene, events);
    } catch (error) {
      console.warn(error);
      stage.append(worded(words, lang, "no_webgl"));
      return noDrawing();
    }
  };
}

async function start(): Promise<void> {
  const words = dataIn("words") as Words,
    lang = dataIn("language") as Start["lang"];
  const packed = document.getElementById("packed-data")?.textContent;
  const service = new GraphService(location.origin);
  speak(words, lang);
  part("status").textContent = worded(words, lang, "loading");
  try {
    const question = new URLSearchParams(location.search);
    const asks = !packed && (question.has("name") || question.has("query"));
    const scene = packed ? await packedScene(packed) : await (asks ? service.asked(question) : service.start());
    const source = packed ? {} : asks ? new GrowingAnswer(service, scene) : service;
    const page = startPage({ scene, words, lang, source, draw: drawn(words, lang) });
    part("status").textContent = "";
    if (!packed) offerToAsk(page);
    Object.assign(window, { kg: page });
  } catch (error) {
    part("status").textContent = worded(words, lang, "failed", { reason: error instanceof Error ? error.message : String(error) });
  }
}

void start();
