import type { CaseDetail } from '../../../shared/case-schema.ts';
import { useZone } from '../../lib/app-state.ts';
import { BundleDialog } from '../../ui/bundle-dialog.tsx';
import { EditCase } from './case-forms.tsx';
import { AddClock, MeetClock } from './clock-forms.tsx';
import { CompareModal } from './compare-modal.tsx';
import { ClassifyForm, ManualForm } from './event-forms.tsx';
import { RemedyForm } from './remedy-form.tsx';
import { SeedForm } from './seed-form.tsx';
import { StatusForm } from './status-form.tsx';
import type { Writing } from './use-writing.tsx';
import type { CaseAsked } from './wishes.ts';

type Props = {
  readonly detail: CaseDetail;
  readonly asked: CaseAsked;
  readonly at: number;
  readonly writing: Writing;
  readonly onClassified: () => void;
  readonly onClose: () => void;
};

/** The dialog that is open above a case. */
export function AskedForm({ detail, asked, at, writing, onClassified, onClose }: Props) {
  const zone = useZone();
  const given = { id: detail.id, writing, onClose };
  if (asked === 'edit') return <EditCase detail={detail} writing={writing} onClose={onClose} />;
  if (asked === 'status') return <StatusForm detail={detail} to={null} onClose={onClose} />;
  if (asked === 'close') return <StatusForm detail={detail} to="closed" onClose={onClose} />;
  if (asked === 'manual') return <ManualForm {...given} at={at} />;
  if (asked === 'seed') return <SeedForm {...given} />;
  if (asked === 'clock') return <AddClock {...given} />;
  if ('bundle' in asked) {
    const { by, total } = asked.bundle;
    return <BundleDialog opened subject={{ case: { id: detail.id, by, zone } }} total={total} onClose={onClose} />;
  }
  if ('remedy' in asked) return <RemedyForm {...given} check={asked.remedy} />;
  if ('clock' in asked) return <MeetClock {...given} clock={asked.clock} />;
  if ('look' in asked) return <CompareModal events={asked.look} onClose={onClose} />;
  return <ClassifyForm {...given} events={asked.classify} onDone={onClassified} />;
}
