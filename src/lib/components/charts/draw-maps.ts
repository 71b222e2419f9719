/**
 * Draws the outlines in static/maps and the frames of the region maps from world-atlas (Natural Earth).
 * Run after an update of world-atlas or of data/countries.csv: `npm run maps`. The files are
 * committed; nothing runs this at start.
 */
import { readFileSync, rmSync, mkdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import {
  geoArea,
  geoBounds,
  geoCentroid,
  geoDistance,
  geoMercator,
  geoPath,
  geoProjection,
  type GeoProjection,
} from 'd3-geo';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import { feature, mesh } from 'topojson-client';
import { equalEarth, mercator, REGION_WIDTH, regionPoint, WORLD, type Frame } from './projection.ts';

type Topology = Parameters<typeof mesh>[0];
type Collection = Extract<Parameters<typeof mesh>[1], { type: 'GeometryCollection' }>;
type World = Topology & { objects: { countries: Collection; land: Collection } };
type Country = Feature<Polygon | MultiPolygon, object>;

const OUT = 'static/maps';
const FRAMES = 'src/lib/components/charts/region-frames.ts';
const atlas = createRequire(import.meta.url);

function readAtlas(detail: '110m' | '50m'): World {
  return JSON.parse(readFileSync(atlas.resolve(`world-atlas/countries-${detail}.json`), 'utf8')) as World;
}

function countriesOf(world: World): Country[] {
  return feature(world, world.objects.countries).features.filter(
    (one): one is Country => one.geometry.type === 'Polygon' || one.geometry.type === 'MultiPolygon',
  );
}

/** ISO alpha-2 with the centroid that data/countries.csv gives, by which the polygons are told apart. */
function readCountries(): { iso2: string; at: [number, number] }[] {
  const [head = '', ...lines] = readFileSync('data/countries.csv', 'utf8').trim().split(/\r?\n/u);
  const columns = head.replace(/^\uFEFF/u, '').split(',');
  const cell = (cells: string[], name: string) => cells[columns.indexOf(name)] ?? '';
  return lines
    .map((line) => (line.match(/("([^"]|"")*"|[^,]*)(,|$)/gu) ?? []).map((c) => c.replace(/,$/u, '')))
    .map((cells) => ({
      iso2: cell(cells, 'iso2'),
      at: [Number(cell(cells, 'lon')), Number(cell(cells, 'lat'))] as [number, number],
    }))
    .filter(({ iso2 }) => iso2 !== '' && iso2 !== 'EU');
}

/** The parts of a country, the largest first. */
function partsOf(country: Country): Feature<Polygon>[] {
  const parts =
    country.geometry.type === 'Polygon' ? [country.geometry.coordinates] : country.geometry.coordinates;
  return parts
    .map((coordinates): Feature<Polygon> => ({
      type: 'Feature',
      properties: null,
      geometry: { type: 'Polygon', coordinates },
    }))
    .map((part) => ({ part, area: geoArea(part) }))
    .sort((a, b) => b.area - a.area)
    .map(({ part }) => part);
}

/** The largest part, by whose centre the reference data places a country. */
function mainland(country: Country): Feature<Polygon> {
  const [largest] = partsOf(country);
  if (largest === undefined) throw new Error('a country without area');
  return largest;
}

/** What a map of the country must show: parts of some size. Overseas places do not move its frame. */
function mainParts(country: Country): Feature<MultiPolygon> {
  const parts = partsOf(country);
  const least = geoArea(mainland(country)) * 0.22;
  return {
    type: 'Feature',
    properties: null,
    geometry: {
      type: 'MultiPolygon',
      coordinates: parts.filter((part) => geoArea(part) >= least).map((part) => part.geometry.coordinates),
    },
  };
}

/** The country whose mainland is centred nearest to a place, at most about 300 km away. */
function countryAt(countries: Country[], at: [number, number]): Country | null {
  let best: { country: Country; far: number } | null = null;
  for (const country of countries) {
    const far = geoDistance(geoCentroid(mainland(country)), at);
    if (best === null || far < best.far) best = { country, far };
  }
  return best !== null && best.far < 0.05 ? best.country : null;
}

/** `M1,2L3,4` as whole numbers, relative and without repeated points: a third of the length. */
function compact(path: string | null): string {
  return (path ?? '')
    .split('M')
    .filter((ring) => ring !== '')
    .map((ring) => {
      const closed = ring.endsWith('Z');
      const points = ring
        .replace(/Z$/u, '')
        .split('L')
        .map((point) => point.split(',').map((n) => Math.round(Number(n))))
        .filter((p, i, all) => i === 0 || p[0] !== all[i - 1]?.[0] || p[1] !== all[i - 1]?.[1]);
      if (points.length < (closed ? 3 : 2)) return '';
      const [first, ...rest] = points;
      let [x = 0, y = 0] = first ?? [];
      const steps = rest.map(([nx = 0, ny = 0]) => {
        const step = `${nx - x} ${ny - y}`;
        [x, y] = [nx, ny];
        return step;
      });
      return `M${first?.join(' ') ?? ''}l${steps.join(' ').replaceAll(' -', '-')}${closed ? 'z' : ''}`;
    })
    .join('');
}

function svg(width: number, height: number, paths: [string, string][]): string {
  const body = paths.filter(([, d]) => d !== '').map(([id, d]) => `<path id="${id}" d="${d}"/>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}">\n${body.join('\n')}\n</svg>\n`;
}

function drawWorld(): void {
  const world = readAtlas('110m');
  const projection: GeoProjection = geoProjection(equalEarth)
    .rotate([-WORLD.centre, 0])
    .scale(WORLD.scale)
    .translate([WORLD.width / 2, WORLD.top])
    .clipExtent([
      [0, 0],
      [WORLD.width, WORLD.height],
    ]);
  const draw = geoPath(projection);
  const countries = countriesOf(world);
  const named = readCountries().flatMap(({ iso2, at }): [string, string][] => {
    const found = countryAt(countries, at);
    return found ? [[iso2, compact(draw(found))]] : [];
  });
  writeFileSync(
    `${OUT}/world.svg`,
    svg(WORLD.width, WORLD.height, [
      ['land', compact(draw(feature(world, world.objects.land)))],
      ['borders', compact(draw(mesh(world, world.objects.countries, (a, b) => a !== b)))],
      ...named,
    ]),
  );
}

/** A frame around a country: its main parts with a margin, never narrower than 12 degrees. */
function frameOf(country: Country, at: [number, number]): Frame {
  const [[west, south], [east, north]] = geoBounds(mainParts(country));
  const wide = ((east - west + 360) % 360) * 1.3;
  const [low, high] = [mercator(Math.max(south, -60)), mercator(Math.min(north, 76))];
  const tall = (high - low) * 1.3;
  const width = Math.max(wide, tall / 1.1, 12);
  const height = Math.max(tall, width / 1.6);
  const middle = west + ((east - west + 360) % 360) / 2;
  const scale = REGION_WIDTH / width;
  const frame: Frame = {
    west: Number((middle - width / 2).toFixed(3)),
    north: Number(((low + high) / 2 + height / 2).toFixed(3)),
    scale: Number(scale.toFixed(4)),
    height: Math.round(height * scale),
    name: { x: 0, y: 0 },
  };
  const name = regionPoint(frame, at[0], at[1]) ?? { x: REGION_WIDTH / 2, y: frame.height / 2 };
  return { ...frame, name: { x: Math.round(name.x), y: Math.round(name.y) } };
}

function drawRegions(): Record<string, Frame> {
  const world = readAtlas('50m');
  const countries = countriesOf(world);
  const land = feature(world, world.objects.land);
  const borders = mesh(world, world.objects.countries, (a, b) => a !== b);
  const frames: Record<string, Frame> = {};
  for (const { iso2, at } of readCountries()) {
    const country = countryAt(countries, at);
    if (country === null) continue;
    const frame = frameOf(country, at);
    const middle = frame.west + REGION_WIDTH / frame.scale / 2;
    const projection = geoMercator()
      .rotate([-middle, 0])
      .scale((frame.scale * 180) / Math.PI)
      .translate([REGION_WIDTH / 2, frame.north * frame.scale])
      .clipExtent([
        [-4, -4],
        [REGION_WIDTH + 4, frame.height + 4],
      ]);
    const draw = geoPath(projection);
    frames[iso2] = frame;
    writeFileSync(
      `${OUT}/${iso2}.svg`,
      svg(REGION_WIDTH, frame.height, [
        ['land', compact(draw(land))],
        ['host', compact(draw(country))],
        ['borders', compact(draw(borders))],
      ]),
    );
  }
  return frames;
}

function writeFrames(frames: Record<string, Frame>): void {
  const lines = Object.entries(frames).map(
    ([iso2, { west, north, scale, height, name }]) =>
      `  ${iso2}: { west: ${west}, north: ${north}, scale: ${scale}, height: ${height}, name: { x: ${name.x}, y: ${name.y} } },`,
  );
  writeFileSync(
    FRAMES,
    `import type { Frame } from './projection.ts';\n\n` +
      `/** Frames of the region maps in static/maps, by ISO alpha-2. Written by draw-maps.ts. */\n` +
      `export const REGION_FRAMES: Record<string, Frame> = {\n${lines.join('\n')}\n};\n`,
  );
}

rmSync(OUT, { recursive: true, force: true });
mkdirSync(OUT, { recursive: true });
drawWorld();
writeFrames(drawRegions());
process.stdout.write(`maps drawn into ${OUT}\n`);
