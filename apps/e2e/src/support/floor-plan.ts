import sharp from 'sharp';

/** A plain drawing of a floor with some rooms, as PNG. */
export async function makeFloorPlan(): Promise<Uint8Array<ArrayBuffer>> {
  const rooms = [
    ...['M40 40H1560V860H40Z', 'M40 380H760M860 380H1560', 'M480 40V380', 'M1100 40V380', 'M40 600H360V860'],
    ...['M1200 600H1560', 'M1200 600V860'],
  ];
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900"><rect width="1600" height="900" fill="#fff"/>
    <path d="${rooms.join('')}" fill="none" stroke="#667" stroke-width="8"/></svg>`;
  return new Uint8Array(await sharp(Buffer.from(svg)).png().toBuffer());
}
