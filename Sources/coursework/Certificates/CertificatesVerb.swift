/// What `coursework certificates` can do.
protocol CertificatesVerb: Verb {
    /// - Throws: `CommandFailure` with `.usage` for arguments that make no sense.
    init(_ arguments: inout Arguments, _ setup: Setup) throws
    func run() async throws
}

extension Arguments {
    /// Where the templates of certificates are.
    mutating func certificateTemplates(_ setup: Setup) throws(CommandFailure) -> String {
        try option("--templates") ?? "\(setup.configuration.folder)/templates/certificates"
    }
}
