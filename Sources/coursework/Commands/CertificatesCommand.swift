/// `coursework certificates`: certificates, what became of them, and what they look like.
struct CertificatesCommand: VerbCommand {
    static let name = "certificates"
    static let summary = "see, verify, revoke and re-issue certificates, and check their templates"
    static let help = """
        Looks after certificates. They are issued by jobs: certificate.issue, or a cohort of them.

        Usage: coursework certificates list [--learner L] [--course C [--version N]] [--state S]
                                            [--limit N]
               coursework certificates show CODE|NUMBER
               coursework certificates verify CODE|NUMBER|FILE.pdf
               coursework certificates revoke CODE --reason TEXT
               coursework certificates reissue CODE --reason TEXT [--name NAME] [--title T]
                   [--date D] [--expires D] [--grade TEXT] [--template T] … [--queue Q]
               coursework certificates cohort NAME --course C [--version N] [--learners FILE]
                   [--fields JSON] [--queue Q]
               coursework certificates erase LEARNER [--yes]
               coursework certificates abandon CODE
               coursework certificates tidy
               coursework certificates identity [--name NAME] [--years N]
               coursework certificates preview [TEMPLATE] [--learner NAME] [--course TITLE]
                   [--issuer NAME] [--date D] [--expiry D] [--grade TEXT] [--instructor NAME]
                   [--signature PNG] [--code CODE] [--url URL] [--language L] [--page P] [--out FILE]
               coursework certificates templates [list | check [NAME...]]

          list          the newest first; --state is issuing, valid, expired, reissued or revoked
          show          one with its history, and where its file lies
          verify        whether it is genuine and valid, then the exit code is 0; of a file, whether it was
                        issued here, byte for byte, and who signed it
          revoke        takes it back; whoever verifies it reads the reason
          reissue       enqueues the job that issues it anew under another code and number, with what is
                        given changed; the former one is then told to be replaced
          cohort        enqueues a batch with a certificate for each learner of a cohort: the rows of
                        coursework.certificate_cohorts. The batch tells how far it is
            --learners  adds the lines of a file to those rows, - for standard input:
                        {"learner":"ada","name":"Ada Lovelace","mail":{"to":"ada@example.org"}}
            --fields    fields of certificate.issue that all have, such as '{"date":"2026-12-01"}'
          erase         takes a learner out: names, files, and what is known of them. Their numbers and
                        codes stay, revoked, so that none is given twice
          abandon       gives back the number of one that is not issued and never will be, because its job
                        was deleted
          tidy          deletes files that attempts left behind which died
          identity      makes a key that signs certificates, and a certificate in which it vouches for
                        itself: signing/ in the data folder. For a key that others trust, see signing in
                        the configuration
          preview       write a PDF file of a certificate that does not exist
            TEMPLATE    classic (the default), modern, minimal, or one of yours
            --date      2026-12-01, as --expiry is written
            --page      the paper: A4 or letter (default: the template's own)
            --out       the file, - for standard output (default: TEMPLATE.pdf)
          templates     list those there are; or check them: syntax, keys, images, and whether short and
                        long names in all their languages fit, on A4 and on letter paper

          --templates FOLDER   where they are (default: templates/certificates beside the configuration)
          --reason TEXT        why, for the audit trail too, in which all is written that changes something
          --json               print JSON
          --config FILE        the configuration

        Examples: coursework certificates cohort spring --course engine --learners spring.jsonl
                  coursework certificates reissue 7QF4-9KXM-2D8R-T5VC --name 'Ada King' --reason 'She
                      married.'
                  coursework certificates preview modern --learner 'సూర్య ప్రకాశ్' --out surya.pdf
        """

    static let verbs: [String: any SetupVerb.Type] = [
        "list": ListCertificates.self, "show": ShowCertificate.self, "verify": VerifyCertificate.self,
        "revoke": RevokeCertificate.self, "reissue": ReissueCertificate.self, "cohort": IssueToCohort.self,
        "erase": EraseCertificates.self, "abandon": AbandonCertificate.self, "tidy": TidyCertificates.self,
        "identity": MakeIdentity.self, "preview": PreviewCertificate.self, "templates": CheckCertificateTemplates.self,
    ]

    let setup: Setup
    let verb: any SetupVerb

    init(_ arguments: inout Arguments) throws {
        setup = try Setup(&arguments)
        verb = try Self.verb(&arguments, setup)
    }
}
