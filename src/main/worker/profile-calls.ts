import type { Entity } from '../../shared/entity.ts';
import type { Profile } from '../../shared/profile-contract.ts';

type Call<I, O> = { readonly input: I; readonly output: O };

/** What a reading thread answers about one person, address, tunnel, team or token. */
export type ProfileCalls = {
  profile: Call<{ readonly entity: Entity; readonly zone: string }, Profile>;
};
