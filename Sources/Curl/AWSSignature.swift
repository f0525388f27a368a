/// How a request is signed so that S3 and what speaks like it accept it (Signature Version 4).
package struct AWSSignature: Sendable {
    let region: String
    let service: String
    let accessKeyID: String
    let secretAccessKey: String

    package init(region: String, service: String, accessKeyID: String, secretAccessKey: String) {
        (self.region, self.service) = (region, service)
        (self.accessKeyID, self.secretAccessKey) = (accessKeyID, secretAccessKey)
    }
}
