// An identity provider on a free port of the loopback address. Prints its address as the first line and runs until it is ended.
// Its one argument is JSON: {"clients": [...], "accounts": {"login": {claims}}, "claimsInToken": true}
import { createServer } from 'node:http';
import Provider from 'oidc-provider';

const given = JSON.parse(process.argv[2]);
const server = createServer();
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const issuer = `http://127.0.0.1:${server.address().port}`;

const provider = new Provider(issuer, {
  clients: given.clients,
  claims: {
    openid: ['sub'],
    email: ['email', 'email_verified'],
    profile: ['name', 'groups', 'agency'],
  },
  conformIdTokenClaims: !given.claimsInToken,
  pkce: { required: () => true },
  cookies: { keys: ['only for tests'] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, IdToken: 600, Interaction: 600, Session: 600, Grant: 600 },
  findAccount: (_ctx, id) => given.accounts[id] && {
    accountId: id,
    claims: () => ({ sub: id, ...given.accounts[id] }),
  },
});
server.on('request', provider.callback());
console.log(issuer);
