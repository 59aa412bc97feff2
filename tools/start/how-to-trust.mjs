/**
 * What to do on each kind of device so that its browser believes the local certificate.
 * @param {{ authority: string, fingerprint: string }} certificate
 */
export function howToTrust({ authority, fingerprint }) {
  return `
Other devices warn about this site until they trust this machine's own authority. Copy this file to them:
  ${authority}
  SHA-256 ${fingerprint}
  Windows  double-click it, Install Certificate, Local Machine, "Trusted Root Certification Authorities"
  macOS    sudo security add-trusted-cert -d -r trustRoot -k /Library/Keychains/System.keychain FILE
  Linux    sudo cp FILE /usr/local/share/ca-certificates/ && sudo update-ca-certificates
           Chrome has a list of its own: chrome://certificate-manager, Custom, Trusted Certificates, Import
  Android  Settings, Security, Encryption and credentials, Install a certificate, CA certificate
  iOS      open the file, install the profile in Settings, General, VPN and Device Management, then switch it on in
           Settings, General, About, Certificate Trust Settings
  Firefox  Settings, Privacy and Security, View Certificates, Authorities, Import
Remove it from a device that no longer needs it. The keys never leave the data folder.
`;
}
