internal import Curl
internal import Platform

/// Who asks S3.
package struct S3Account: Sendable {
    let accessKeyID: String
    private let secretAccessKey: Secret

    package init(accessKeyID: String, secretAccessKey: String) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = Secret(secretAccessKey)
    }

    func signature(for location: S3Location) -> AWSSignature {
        AWSSignature(
            region: location.region, service: "s3", accessKeyID: accessKeyID, secretAccessKey: secretAccessKey.value)
    }
}
