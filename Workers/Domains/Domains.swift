internal import CertificateWorker
internal import EmailWorker
package import Jobs
internal import QuizWorker
internal import VideoWorker

/// The domains of this program: a new one is added here, and nowhere else in the sources.
package let jobDomains: [any JobDomain.Type] = [
    EmailDomain.self, QuizDomain.self, CertificateDomain.self, VideoDomain.self,
]
