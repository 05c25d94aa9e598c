/** The ship's log chip: a quarter circle, ruled like a page. */
export function Logo({ size }: { size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" role="img" aria-label="Logbook">
      <rect width="32" height="32" rx="8" fill="#1d4256" />
      <path d="M9 24.2V8.6c0-.5.4-.9.9-.9C18.6 7.7 25 14.6 25 23.3c0 .5-.4.9-.9.9Z" fill="#f3f7fa" />
      <path d="M12.4 13.4h4.2M12.4 17h7.6M12.4 20.6h9" stroke="#1d4256" strokeWidth="1.7" strokeLinecap="round" />
    </svg>
  );
}
