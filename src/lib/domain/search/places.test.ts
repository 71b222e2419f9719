import { describe, expect, it } from 'vitest';
import { placeAtHead } from './places.ts';

describe('a place at the head of a name', () => {
  it.each([
    ['여수복합물류', '여수'],
    ['새만금순환자원', '새만금'],
    ['여수', null],
    ['여수인', null],
    ['한빛여수', null],
  ])('%s: %s', (name, place) => {
    expect(placeAtHead(name)).toBe(place);
  });
});
