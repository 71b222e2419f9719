/**
 * Where a place lies on our two kinds of map. The outlines in `static/maps` are drawn with the same
 * functions (`draw-maps.ts`), so a point computed here falls on them.
 */

export interface Point {
  x: number;
  y: number;
}

/** The world map is drawn in these units: Equal Earth, Korea's side of the Pacific in the middle. */
export const WORLD = { width: 1200, height: 500, centre: 150, scale: 218, top: 302 } as const;

const A1 = 1.340264;
const A2 = -0.081106;
const A3 = 0.000893;
const A4 = 0.003796;

/** Equal Earth (Šavrič, Patterson and Jenny 2018), radians in, unit radius out; y up. */
export function equalEarth(lambda: number, phi: number): [number, number] {
  const theta = Math.asin((Math.sqrt(3) / 2) * Math.sin(phi));
  const t2 = theta * theta;
  const t6 = t2 * t2 * t2;
  const slope = A1 + 3 * A2 * t2 + t6 * (7 * A3 + 9 * A4 * t2);
  return [
    (2 * Math.sqrt(3) * lambda * Math.cos(theta)) / (3 * slope),
    theta * (A1 + A2 * t2 + t6 * (A3 + A4 * t2)),
  ];
}

/** A place on the world map. */
export function worldPoint(lon: number, lat: number): Point {
  const turned = ((((lon - WORLD.centre + 180) % 360) + 360) % 360) - 180;
  const [x, y] = equalEarth(radians(turned), radians(lat));
  return { x: round(WORLD.width / 2 + WORLD.scale * x), y: round(WORLD.top - WORLD.scale * y) };
}

/** The cut of a region map: its western and northern edge and its scale, all in Mercator. */
export interface Frame {
  /** Degrees of longitude of the left edge. */
  west: number;
  /** Mercator northing, in degrees at the equator, of the upper edge. */
  north: number;
  /** Units of the drawing for one degree at the equator. */
  scale: number;
  height: number;
  /** Where the country's name stands. */
  name: Point;
}

/** All region maps are this wide. */
export const REGION_WIDTH = 720;

/** Mercator northing in degrees at the equator. */
export function mercator(lat: number): number {
  return (Math.log(Math.tan(Math.PI / 4 + radians(lat) / 2)) * 180) / Math.PI;
}

/** A place on a region map; null outside its edges. */
export function regionPoint(frame: Frame, lon: number, lat: number): Point | null {
  const east = (((lon - frame.west) % 360) + 360) % 360;
  const x = round(east * frame.scale);
  const y = round((frame.north - mercator(lat)) * frame.scale);
  return x > REGION_WIDTH || y < 0 || y > frame.height ? null : { x, y };
}

function radians(degrees: number): number {
  return (degrees * Math.PI) / 180;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
