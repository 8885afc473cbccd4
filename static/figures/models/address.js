// What an address says of the section: how files are saved, and which words are asked for. Models are not in an address.

import * as names from "../../contract/models.js";
import { addressedBy, ofWidget } from "../../ui/settings.js";

const KEYS = { form: names.form, words: names.asked, add: names.own };

export const addressOf = (find) =>
  addressedBy(Object.entries(KEYS).map(([key, name]) => ofWidget(key, find(name))));
