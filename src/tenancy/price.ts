/** What a request costs: images count against the month, weight against the rates. */
export interface Price {
  images: number;
  weight: number;
}

/** An image is encoded once however many taxonomies it is scored against: another one costs a matrix product and rows. */
const WEIGHT_OF_FURTHER_TAXONOMY = 0.1;

export function priceOf(request: { images: number; taxonomies: number }): Price {
  const { images, taxonomies } = request;
  return { images, weight: images * (1 + (taxonomies - 1) * WEIGHT_OF_FURTHER_TAXONOMY) };
}
