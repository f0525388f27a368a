package import Jobs
import PostgresClient
import Storage

/// Issues certificates: the job types `certificate.issue`, `.reissue`, `.revoke` and `.cohort`.
package enum CertificateDomain: JobDomain {
    package static let name = "certificate"

    package static let samples = [
        SampleJob(
            "certificate.issue", queue: "default",
            args:
                #"{"learner":"ada","name":"Ada Lovelace","course":"engine","title":"Programming the Analytical Engine","issuer":"Analytical Academy","grade":"With distinction","instructor":"Charles Babbage","mail":{"to":"Ada Lovelace <ada@example.org>"}}"#,
            title: "Ada's certificate, which a mail brings her")
    ]

    package static func register(
        in registry: inout JobRegistry, settings: CertificateSettings, surroundings: Surroundings
    ) throws {
        let defaults = try settings.defaults(in: surroundings)
        let storage = surroundings.storage
        let press = CertificatePress(
            templates: TemplateShelf(folder: settings.templatesFolder(in: surroundings)),
            signatures: SignatureImages(storage), seal: CertificateSeal(settings, surroundings))
        let issuer = surroundings.services[PostgresClient.self].map {
            CertificateIssuer($0, storage: storage, press: press, defaults: defaults)
        }
        let call = CertificateCall(issuer: issuer)
        registry.register(IssueCertificateHandler(call: call))
        registry.register(ReissueCertificateHandler(call: call))
        registry.register(RevokeCertificateHandler(call: call))
        registry.register(IssueToCohortHandler(call: call))
    }
}
