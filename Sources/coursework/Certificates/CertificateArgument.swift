import CertificateRecord

/// Words and options that several verbs read.
enum CertificateArgument {
    /// By its code or its number.
    static func find(_ name: String, in record: CertificateRecord) async throws -> CertificateDescription {
        if let code = CertificateCode(name), let found = try await record.find(code) { return found }
        if let found = try await record.find(number: name) { return found }
        throw CommandFailure(
            .failed, "There is no certificate with the code or number '\(Terminal.line(name, atMost: 100))'.")
    }

    static func name(_ arguments: inout Arguments) throws -> String {
        try arguments.word(
            orSay: "Name the certificate by its code, 7QF4-9KXM-2D8R-T5VC, or its number, CW-2026-000017.")
    }

    static func code(_ arguments: inout Arguments) throws -> CertificateCode {
        let word = try arguments.word(orSay: "Name the certificate by its code.")
        guard let code = CertificateCode(word) else {
            throw CommandFailure(
                .usage,
                "'\(Terminal.line(word, atMost: 100))' is no code of a certificate, such as 7QF4-9KXM-2D8R-T5VC.")
        }
        return code
    }

    /// Of a course.
    static func version(_ arguments: inout Arguments) throws -> Int? {
        guard let text = try arguments.option("--version") else { return nil }
        guard let version = Int(text), version >= 1 else {
            throw CommandFailure(.usage, "--version must be the number of a version of the course.")
        }
        return version
    }

    static func reason(_ arguments: inout Arguments) throws -> String {
        guard let reason = try arguments.option("--reason"), !reason.isEmpty else {
            throw CommandFailure(.usage, "--reason is missing: a sentence for whoever verifies the certificate.")
        }
        return reason
    }
}
