extension Arguments {
    /// Where the templates of certificates are.
    mutating func certificateTemplates(_ setup: Setup) throws(CommandFailure) -> String {
        try option("--templates") ?? "\(setup.configuration.folder)/templates/certificates"
    }
}
