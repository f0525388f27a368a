import TestSupport

/// A certificate that vouches for itself.
struct TestCertificate {
    let file: String
    let key: String

    /// - Parameters:
    ///   - host: an address, or a name.
    ///   - isExpired: ended a week ago.
    init(in folder: TestFolder, for host: String = "127.0.0.1", isExpired: Bool = false) async throws {
        file = folder.path + "/certificate.pem"
        key = folder.path + "/key.pem"
        let name = host.allSatisfy { $0.isNumber || $0 == "." } ? "IP:\(host)" : "DNS:\(host)"
        let arguments = [
            "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
            "-subj", "/CN=\(host)", "-addext", "subjectAltName=\(name)", "-keyout", key, "-out", file,
        ]
        // openssl makes certificates that begin now: it is told a date of last week.
        let time = ["LD_PRELOAD": "/usr/$LIB/faketime/libfaketime.so.1", "FAKETIME": "-9d"]
        try await (isExpired ? Tool("/usr/bin/openssl", environment: time) : .openssl).run(arguments)
    }
}
