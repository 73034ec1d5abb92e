// The life of a directory, at AWS's own pace: what belongs to it comes, is seen, and goes. In both protocols that it speaks.
import assert from 'node:assert/strict';
import { after, describe, it } from 'node:test';

import * as ds from '@aws-sdk/client-directory-service';

import { M } from './cast.js';
import { speakingCbor } from './cbor.js';
import { assessed, attribute, pem } from './directories.js';
import { Orgdir, microsoftAD, refused } from './orgdir.js';

const orgdir = await Orgdir.start();
after(() => orgdir.stop());

const protocols = { JSON: (world, ...caller) => world.as(...caller), CBOR: speakingCbor };
for (const [protocol, clients] of Object.entries(protocols)) {
  describe(`The life of a directory, over ${protocol}`, () => {
    const world = orgdir.world(`life-${protocol}`);
    const { directories } = clients(world, M);
    const [corp, other] = [{}, {}];

    async function shown(directory = corp) {
      return (await directories.describeDirectories({ DirectoryIds: [directory.DirectoryId] })).DirectoryDescriptions[0];
    }

    it('begins', async () => {
      await world.freeze();
      await world.pace('real');
      corp.DirectoryId = (await directories.createMicrosoftAD({ ...microsoftAD('corp.example.com'), Edition: 'Enterprise' })).DirectoryId;
      other.DirectoryId = (await directories.createMicrosoftAD(microsoftAD('other.example.com'))).DirectoryId;
      await refused(directories.createSnapshot(corp), ds.ClientException);
      await world.advance('1h');
      assert.equal((await shown()).Stage, 'Active');
    });

    it('has a trust, whose halves verify', async () => {
      const secret = { TrustPassword: 'Tru5t-pass', TrustDirection: 'Two-Way' };
      await directories.createTrust({ ...corp, ...secret, RemoteDomainName: 'other.example.com' });
      await directories.createTrust({ ...other, ...secret, RemoteDomainName: 'corp.example.com' });
      const states = async () => (await directories.describeTrusts()).Trusts.map(({ TrustState }) => TrustState);
      assert.deepEqual(await states(), ['Creating', 'Creating']);
      await world.advance('130s');
      assert.deepEqual(await states(), ['Verified', 'Verified']);
      for (const { TrustId } of (await directories.describeTrusts()).Trusts) await directories.deleteTrust({ TrustId });
      await world.advance('1m');
      assert.deepEqual(await states(), []);
    });

    it('has a snapshot, to which it is restored', async () => {
      const { SnapshotId } = await directories.createSnapshot(corp);
      await world.advance('15m');
      assert.equal((await directories.describeSnapshots(corp)).Snapshots[0].Status, 'Completed');
      await directories.restoreFromSnapshot({ SnapshotId });
      assert.equal((await shown()).Stage, 'Restoring');
      await world.advance('3h');
      assert.equal((await shown()).Stage, 'Active');
    });

    it('has its schema extended', async () => {
      const extension = { ...corp, CreateSnapshotBeforeSchemaExtension: true, Description: 'shoes' };
      await directories.startSchemaExtension({ ...extension, LdifContent: attribute('shoeSize', 1) });
      const first = async () => (await directories.listSchemaExtensions(corp)).SchemaExtensionsInfo[0];
      assert.equal((await first()).SchemaExtensionStatus, 'Initializing');
      await world.advance('1d');
      const { SchemaExtensionStatus, StartDateTime, EndDateTime } = await first();
      assert.equal(SchemaExtensionStatus, 'Completed');
      assert.ok(StartDateTime < EndDateTime);
    });

    it('has a certificate, LDAPS, RADIUS and certificates enrolled', async () => {
      await refused(directories.enableLDAPS({ ...corp, Type: 'Client' }), ds.NoAvailableCertificateException);
      await refused(directories.registerCertificate({ ...corp, CertificateData: await pem('pss') }), ds.InvalidCertificateException);
      const { CertificateId } = await directories.registerCertificate({ ...corp, CertificateData: await pem('far') });
      await world.advance('1m');
      const { Certificate } = await directories.describeCertificate({ ...corp, CertificateId });
      assert.deepEqual([Certificate.CommonName, Certificate.State], ['Example Far CA', 'Registered']);
      await directories.enableLDAPS({ ...corp, Type: 'Client' });
      await world.advance('2m');
      assert.equal((await directories.describeLDAPSSettings(corp)).LDAPSSettingsInfo[0].LDAPSStatus, 'Enabled');
      await refused(directories.deregisterCertificate({ ...corp, CertificateId }), ds.CertificateInUseException);
      const settings = { RadiusServers: ['10.0.1.5'], RadiusPort: 1812, AuthenticationProtocol: 'PAP' };
      await directories.enableRadius({ ...corp, RadiusSettings: { ...settings, SharedSecret: 'top secret!' } });
      await world.advance('2m');
      const { RadiusSettings, RadiusStatus } = await shown();
      assert.deepEqual({ ...RadiusSettings }, settings);
      assert.equal(RadiusStatus, 'Completed');
      const PcaConnectorArn = `arn:aws:pca-connector-ad:us-east-1:${M}:connector/11223344-1122-2233-3344-112233445566`;
      await directories.enableCAEnrollmentPolicy({ ...corp, PcaConnectorArn });
      await world.advance('5m');
      assert.equal((await directories.describeCAEnrollmentPolicy(corp)).CaEnrollmentPolicyStatus, 'Success');
    });

    it('has another setting, a route, a forwarder, a log group and a topic', async () => {
      await directories.updateSettings({ ...corp, Settings: [{ Name: 'TLS_1_0', Value: 'Disable' }] });
      await directories.addIpRoutes({ ...corp, IpRoutes: [{ CidrIp: '203.0.113.0/24' }] });
      await directories.createConditionalForwarder({ ...corp, RemoteDomainName: 'elsewhere.example.com', DnsIpAddrs: ['203.0.113.1'] });
      await directories.createLogSubscription({ ...corp, LogGroupName: 'logs' });
      await directories.registerEventTopic({ ...corp, TopicName: 'alarms' });
      await world.advance('1h');
      const { SettingEntries: settings } = await directories.describeSettings({ ...corp, Status: 'Updated' });
      assert.deepEqual(settings.map(({ Name, AppliedValue }) => [Name, AppliedValue]), [['TLS_1_0', 'Disable']]);
      assert.deepEqual({ ...settings[0].RequestDetailedStatus }, { 'us-east-1': 'Updated' });
      assert.equal((await directories.listIpRoutes(corp)).IpRoutesInfo[0].IpRouteStatusMsg, 'Added');
      const { ConditionalForwarders: forwarders } = await directories.describeConditionalForwarders(corp);
      assert.deepEqual(forwarders[0].DnsIpAddrs, ['203.0.113.1']);
      assert.equal((await directories.listLogSubscriptions(corp)).LogSubscriptions[0].LogGroupName, 'logs');
      assert.equal((await directories.describeEventTopics(corp)).EventTopics[0].TopicArn, `arn:aws:sns:us-east-1:${M}:alarms`);
    });

    it('has a third domain controller, and is seen in another Region', async () => {
      await directories.updateNumberOfDomainControllers({ ...corp, DesiredNumber: 3 });
      await world.advance('30m');
      const { DomainControllers: controllers } = await directories.describeDomainControllers(corp);
      assert.deepEqual(controllers.map(({ Status }) => Status), ['Active', 'Active', 'Active']);
      const VPCSettings = { VpcId: 'vpc-87654321', SubnetIds: ['subnet-33333333', 'subnet-44444444'] };
      await directories.addRegion({ ...corp, RegionName: 'us-west-2', VPCSettings });
      await world.advance('1h');
      const west = clients(world, M, { region: 'us-west-2' }).directories;
      const [seen] = (await west.describeDirectories()).DirectoryDescriptions;
      assert.deepEqual([seen.DirectoryId, seen.Stage, seen.VpcSettings.VpcId], [corp.DirectoryId, 'Active', 'vpc-87654321']);
      await west.removeRegion(corp);
      await world.advance('1h');
      assert.deepEqual((await west.describeDirectories()).DirectoryDescriptions, []);
    });

    it('ends', async () => {
      await directories.deleteDirectory(corp);
      assert.equal((await shown()).Stage, 'Deleting');
      await world.advance('1h');
      await refused(shown(), ds.EntityDoesNotExistException);
    });

    it('has a hybrid directory beside it, whose update the waiter waits for', async () => {
      const SecretArn = `arn:aws:secretsmanager:us-east-1:${M}:secret:hybrid-AbCdEf`;
      const { AssessmentId } = await directories.startADAssessment({ AssessmentConfiguration: assessed });
      await refused(directories.createHybridAD({ AssessmentId, SecretArn }), ds.InvalidParameterException);
      await world.advance('31m');
      const hybrid = await directories.createHybridAD({ AssessmentId, SecretArn });
      await world.advance('31m');
      const { DirectoryId } = hybrid;
      const update = async (CustomerDnsIps) => {
        const SelfManagedInstancesSettings = { CustomerDnsIps, InstanceIds: ['i-33333333', 'i-44444444'] };
        await directories.updateHybridAD({ DirectoryId, SelfManagedInstancesSettings });
        // The clock of the world goes on by what the waiter would sleep on AWS.
        let asked = 0;
        const waiting = clients(world, M).directories;
        const goOn = (next) => async (args) => {
          asked += 1;
          const result = await next(args);
          await world.advance('2m');
          return result;
        };
        waiting.middlewareStack.add(goOn, { step: 'initialize' });
        const patience = { client: waiting, maxWaitTime: 60, minDelay: 0.001, maxDelay: 0.001 };
        try {
          return (await ds.waitUntilHybridADUpdated(patience, { DirectoryId })).state;
        } finally {
          assert.ok(asked > 10, `asked ${asked} times`);
        }
      };
      assert.equal(await update(['10.24.34.101', '10.24.34.201']), 'SUCCESS');
      assert.deepEqual((await shown(hybrid)).HybridSettings.SelfManagedDnsIpAddrs, ['10.24.34.101', '10.24.34.201']);
      // Nobody answers at an address of documentation.
      await assert.rejects(update(['10.24.34.101', '192.0.2.201']), /"state":"FAILURE"/);
    });
  });
}
