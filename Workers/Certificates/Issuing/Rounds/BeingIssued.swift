/// Another job is about to issue the certificate that this one asks for.
struct BeingIssued: Error, CustomStringConvertible {
    let code: String
    let job: String

    var description: String { "The certificate \(code) is being issued by the job \(job)." }
}
