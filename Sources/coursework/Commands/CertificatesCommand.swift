/// `coursework certificates`: what certificates look like.
struct CertificatesCommand: Command {
    static let name = "certificates"
    static let summary = "see what a certificate looks like, and check the templates"
    static let help = """
        Draws certificates to look at, and checks their templates. Issues nothing.

        Usage: coursework certificates preview [TEMPLATE] [--learner NAME] [--course TITLE]
                   [--issuer NAME] [--date D] [--expiry D] [--grade TEXT] [--instructor NAME]
                   [--signature PNG] [--code CODE] [--url URL] [--language L] [--page P] [--out FILE]
               coursework certificates templates [list | check [NAME...]]

          preview     write a PDF file of a certificate that does not exist
            TEMPLATE  classic (the default), modern, minimal, or one of yours
            --date    2026-12-01, as --expiry is written
            --page    the paper: A4 or letter (default: the template's own)
            --out     the file, - for standard output (default: TEMPLATE.pdf)
          templates   list those there are; or check them: syntax, keys, images, and whether short and long
                      names in all their languages fit, on A4 and on letter paper

          --templates FOLDER   where they are (default: templates/certificates beside the configuration)
          --config FILE        the configuration

        Example: coursework certificates preview modern --learner 'సూర్య ప్రకాశ్' --out surya.pdf
        """

    private static let verbs: [String: any CertificatesVerb.Type] = [
        "preview": PreviewCertificate.self, "templates": CheckCertificateTemplates.self,
    ]

    private let verb: any CertificatesVerb

    init(_ arguments: inout Arguments) throws {
        let setup = try Setup(&arguments)
        verb = try arguments.choice(of: Self.verbs, orSay: "Say first what you want to do").init(&arguments, setup)
    }

    func run() async throws { try verb.run() }
}
