import { wordSet } from './words.ts';

// Words of the trade, by what they mean. Nothing here is the name of a product, a vendor's event or a person.

/** Looks and changes nothing. */
export const VIEW = wordSet(
  'view viewed viewing show shown list listed listing get got gets describe described read reads search searched fetch head lookup evaluate evaluated check checked',
);
/** Takes away or loosens. */
export const WEAKEN = wordSet(
  'disable disabled disabling deactivate deactivated delete deleted destroy destroyed remove removed stop stopped pause paused suspend suspended unenroll unenrolled unset bypass bypassed override overridden exempt exempted weaken weakened detach detached clear cleared purge purged skip skipped relax relaxed unprotect downgrade downgraded off deactivation disablement removal deletion unset lift lifted loosen loosened lower lowered shorten shortened drop dropped',
);
/** Puts in place or tightens. */
export const STRENGTHEN = wordSet(
  'enable enabled activate activated create created add added start started enforce enforced require required enroll enrolled attach attached protect protected install installed verified tighten tightened raise raised mandate mandated',
);
/** Alters, the words do not say which way. */
export const ALTER = wordSet(
  'update updated change changed modify modified edit edited set put replace replaced configure configured config rotate rotated reset',
);
export const GRANT = wordSet(
  'add added grant granted assign assigned promote promoted attach attached invite invited give given create created elevate elevated upgrade upgraded',
);
export const WITHDRAW = wordSet(
  'remove removed revoke revoked demote demoted detach detached delete deleted deny denied withdraw withdrawn unassign unassigned requested expired',
);

/** How everybody signs in: a change either way is a change of the lock. */
export const SIGN_IN_POLICY = wordSet(
  'sso saml oidc scim idp federation federated conditional passwordless ldap oauth signon',
);
/** Second factors and passwords as a policy. */
export const FACTOR = wordSet('mfa 2fa tfa totp otp webauthn factor factors');
/** Words that tell that a thing holds for all, not for one person. */
export const FOR_ALL = wordSet(
  'policy policies requirement requirements required settings setting global system organization organisation org tenant domain enforcement enforced workspace requirements',
);
/** What watches. */
export const WATCH = wordSet(
  'audit auditing logging log logs trail trails recorder detector monitoring monitor alert alerts alarm alarms selectors telemetry flow diagnostic siem',
);
/** What keeps out. */
export const FENCE = wordSet(
  'firewall allowlist whitelist blocklist denylist restriction restrictions ingress perimeter zone zones acl acls geofence vpn',
);
/** What protects otherwise. */
export const GUARD = wordSet(
  'protection protected encryption encrypted kms ekm byok dlp scanning scan sandbox quarantine barrier barriers ruleset redaction spoofing authentication branch retention lockout antivirus defender waf captcha hardening signing backup policy policies passcode passphrase pin mdm edr xdr firewall detection throttling attestation signature signatures masking',
);
/** Settings whose being on is the weakness. */
export const PERMISSIVE = wordSet(
  'reuse allow allowed anonymous guest guests external public sharing bypass plaintext insecure legacy unverified remember forwarding exempt forking autoforward guestaccess impersonation',
);

/** What somebody's own watch-dog says when it barks. */
export const ALARM = wordSet(
  'suspicious anomaly anomalous anomalies attack attacker malware ransomware phishing phished fraud fraudulent compromised compromise leaked breach breached intrusion hijack hijacked stolen exfiltration impossible malicious spoofed abuse threat threats leak leaks virus spyware trojan botnet exploit jailbreak tampering tampered replay replayed stuffing',
);
/** Beside an alarm word these make it the name of a protection. */
export const AGAINST = wordSet(
  'protection prevention detection policy policies setting settings rule rules training intelligence feed',
);

export const CREDENTIAL = wordSet(
  'token tokens key keys secret secrets credential credentials password passwords skey certificate',
);
export const SERVICE = wordSet('service bot robot machine');
export const EVERYBODY = wordSet('public publicly anyone everyone world internet anybody anonymous unauthenticated');
/** Keys under which a word for everybody means everybody. */
export const AUDIENCE = wordSet(
  'visibility access privacy acl acls grantee grant grants cidr ip range ranges source sharing scope principal audience to new after permissions permission share shared group groups attribute subject subjects member members',
);
export const POWER = wordSet('modify write admin administer manage delete full all owner impersonate root superuser *');
export const POWER_KEYS = wordSet('scope scopes permission permissions privilege privileges policy role roles grants');
export const REACH = wordSet('scope scopes permission permissions access privilege privileges resources token');
export const WIDEN = wordSet(
  'expand expanded upgrade upgraded widen widened elevate elevated escalate escalated extend extended broaden broadened granted added authorize authorized authorise authorised consent consented approve approved install installed create created',
);
export const OLD_PROTOCOL = wordSet('smtp imap imap4 pop pop3 mapi activesync legacy ftp telnet');
export const DEVICE = wordSet('endpoint device');
export const DISTRUST = wordSet('trusted untrusted invalid unmanaged managed management unknown jailbroken rooted');

/** That something is asked of people. */
export const REQUIREMENT = wordSet(
  'require required requires requirement requirements enforce enforced enforcement mandatory must',
);
/** Values that say so of a setting. */
export const REQUIRED = wordSet('enforced required mandatory always strict');
/** What holds people to something: only turned off, and not removed from a list of such, is it weaker. */
export const CONTROL = wordSet(
  'approval approvals review reviews verification validation expiry expiration rotation timeout lock limit limits prevent prevents prevention block restrict dnssec signing attestation confirmation quarantine isolation',
);
export const TURN_OFF = wordSet(
  'disable disabled disabling deactivate deactivated off bypass bypassed skip skipped unset lift lifted relax relaxed waive waived exempt exempted override overridden deactivation disablement',
);
/** Features that open a way when they are on. */
export const OPENING = wordSet(
  'forking anonymous guest guests sharing forwarding insecure plaintext unverified legacy public',
);
/** What a whole is called. */
export const WHOLE = wordSet(
  'workspace organization organisation org tenant database backup audit users directory everything content roster vault vaults',
);
