// Outside of Next.js nothing stands in for the marker package, whose only content is to throw.
export {};
