import CertificateBadges
import CertificateSigning
import Foundation
import Glibc
import JOSE

@testable import CertificateWorker

/// Its key, where it is looked for.
extension Academy {
    /// Makes one that vouches for itself.
    func seal(name: String = "Analytical Academy", from time: Int = Glibc.time(nil)) throws {
        let pair = try SigningIdentity.selfSigned(name: name, years: 1, from: time)
        try folder.makeFolder("signing")
        for (file, bytes) in [("key", pair.key), ("certificate", pair.certificate)] {
            try Data(bytes).write(to: URL(fileURLWithPath: folder.file("signing/\(file).pem")))
        }
    }

    /// What the world knows of it.
    func badgeKeys() throws -> JSONWebKeySet {
        let key = Array(try Data(contentsOf: URL(fileURLWithPath: folder.file("signing/key.pem"))))
        let authority = try BadgeAuthority(url: "https://school.example/certificates", issuerURL: nil, pem: key)
        return JSONWebKeySet([authority.signer.publicKey])
    }
}
