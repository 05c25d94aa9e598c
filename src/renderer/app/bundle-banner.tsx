import type { BundleState } from '../../shared/bundle-contract.ts';
import { useArchive, useZone } from '../lib/app-state.ts';
import { counted, grouped } from '../lib/number.ts';
import { dateTime } from '../lib/time.ts';
import { Banner } from '../ui/notes.tsx';
import { SafeText } from '../ui/safe-text.tsx';
import s from './shell.module.css';

/** Says that what is open is an evidence bundle, whose it is, and how far it can be relied on; nothing for an archive. */
export function BundleBanner() {
  const { name, bundle } = useArchive();
  const zone = useZone();
  if (!bundle) return null;
  const isWell = bundle.found === 0;
  return (
    <div className={s.bundle}>
      <Banner severity={isWell ? 'info' : 'critical'}>
        <b>
          Evidence bundle of “<SafeText text={name} max={60} />”
        </b>
        , made {dateTime(bundle.made, zone)}
        {bundle.pseudonymised && ', pseudonymised'}. Read-only.{' '}
        {isWell ? <Sound bundle={bundle} /> : <Broken bundle={bundle} />}
      </Banner>
    </div>
  );
}

function Sound({ bundle }: { bundle: BundleState }) {
  const rest = bundle.lines - bundle.proven;
  return (
    <>
      Verified: {grouped(bundle.proven)} of {counted(bundle.lines, 'entry', 'entries')} proven by seals
      {rest > 0 && ', the rest by the archive’s signature'}.{' '}
      {bundle.compared ? (
        'It is signed as you were told.'
      ) : (
        <>
          Whose archive it is was not compared; its key is{' '}
          <code
            title={bundle.fingerprint}
          >{`${bundle.fingerprint.slice(0, 8)} ${bundle.fingerprint.slice(8, 16)}…`}</code>
        </>
      )}
    </>
  );
}

function Broken({ bundle }: { bundle: BundleState }) {
  return (
    <>
      <b>{counted(bundle.found, 'thing is', 'things are')} not as it was made</b>: rely on nothing here. The Archive
      screen names what failed; exports and reports are held.
    </>
  );
}
