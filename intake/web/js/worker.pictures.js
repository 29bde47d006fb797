// SPDX-License-Identifier: EUPL-1.2
/** Takes hidden data out of pictures and films, away from the page; started when such a file is chosen. */
import { serve } from "./files/metadata/attempt.js";
import { cleanFilm } from "./files/metadata/film.js";
import { cleanJpeg } from "./files/metadata/jpeg.js";
import { heicPicture, picture } from "./files/metadata/pictures.js";
import { cleanPng } from "./files/metadata/png.js";
import { cleanWebp } from "./files/metadata/webp.js";

serve(globalThis, { jpeg: picture(cleanJpeg), png: picture(cleanPng), webp: picture(cleanWebp), heic: heicPicture, film: cleanFilm });
