import Foundation

/// A certificate for 127.0.0.1 that vouches for itself.
struct TestCertificate {
    static let isAvailable = succeeds("/usr/bin/openssl", ["version"])

    let file: String
    let key: String

    init(in folder: TestFolder) throws {
        file = folder.path + "/certificate.pem"
        key = folder.path + "/key.pem"
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", file,
        ]
        guard succeeds("/usr/bin/openssl", arguments) else { throw CocoaError(.fileWriteUnknown) }
    }
}
