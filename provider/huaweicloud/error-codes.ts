import { type ErrorCodes, kindsOf } from "../errors";

/** The one code that says it of the secret, not of what is asked of it. */
export const noSecret = "CSMS.0106";

/** What the codes of CSMS, EPS, IAM and of the gateway in front of them (APIGW, APIG) mean. None means two things. */
export const errorCodes = {
  notFound: [
    noSecret,
    // the secret, or what belongs to it
    "CSMS.0005",
    // the enterprise project, or what is to be moved there
    "EPS.0005",
  ],
  // no code for a name that is taken is documented: what has the name decides
  exists: [],
  pendingDeletion: ["CSMS.0103", "CSMS.0107"],
  notPending: ["CSMS.0108"],
  throttled: ["APIGW.0308", "APIG.0308", "EPS.0006", "Too Many Requests"],
  denied: [
    "CSMS.0302",
    // the key may be disabled too
    "CSMS.0401",
    "EPS.0004",
    "IAM.0002",
    "IAM.0003",
    "APIGW.0302",
    "APIG.0302",
    "APIGW.0304",
    "APIGW.0306",
    "Forbidden",
  ],
  credentials: [
    "CSMS.0301",
    "EPS.0003",
    "IAM.0001",
    "APIGW.0301",
    "APIG.0301",
    "APIGW.0303",
    "APIGW.0305",
    "APIGW.0307",
    "Unauthorized",
  ],
  quota: ["CSMS.0202", "CSMS.0203", "CSMS.0204", "EPS.0009"],
  invalid: [
    "CSMS.0002",
    "CSMS.0003",
    "CSMS.0004",
    "CSMS.0105",
    "EPS.0002",
    "EPS.0014",
    "EPS.0022",
    "EPS.0025",
    "IAM.0007",
    "IAM.0011",
    "Bad Request",
  ],
  unavailable: ["EPS.0000", "EPS.0001", "IAM.0006", "APIGW.0201", "APIGW.0202", "APIGW.0601"],
  other: [
    // a wrong address
    "APIGW.0101",
    "APIG.0101",
    // what IAM was asked for, which is no secret
    "IAM.0004",
    "Not Found",
    // the secret is there, and not ENABLED
    "CSMS.0109",
    // in no published table
    "CSMS.0101",
  ],
} as const satisfies ErrorCodes;

export const kindOfCode = kindsOf(errorCodes);
