/// What `coursework certificates` can do.
protocol CertificatesVerb: Sendable {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run() throws
}

extension Setup {
    /// Where the templates of certificates are.
    var certificateTemplates: String { "\(configuration.folder)/templates/certificates" }
}
