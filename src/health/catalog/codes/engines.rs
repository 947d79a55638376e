//! Error codes `DTS-RETRY-ERR-…` of which the engine is known from the vendor's index, and the text is not known.

use super::guide::{ErrorGuide, row};
use crate::health::catalog::class::TEXT_UNKNOWN;

pub(super) const ROWS: &[ErrorGuide] = &[
    unknown("DTS-RETRY-ERR-0402", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0403", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0404", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0405", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0407", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0408", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0409", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0410", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0411", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0412", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0414", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0416", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0418", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0419", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0420", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0421", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0424", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0426", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0427", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0428", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0429", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0433", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0434", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0435", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0481", SQL_SERVER),
    unknown("DTS-RETRY-ERR-0415", ORACLE),
    unknown("DTS-RETRY-ERR-0422", ORACLE),
    unknown("DTS-RETRY-ERR-0423", ORACLE),
    unknown("DTS-RETRY-ERR-0436", ORACLE),
    unknown("DTS-RETRY-ERR-0437", MYSQL),
    unknown("DTS-RETRY-ERR-0441", MYSQL),
    unknown("DTS-RETRY-ERR-0442", MYSQL),
    unknown("DTS-RETRY-ERR-0456", MYSQL),
    unknown("DTS-RETRY-ERR-0459", MYSQL),
    unknown("DTS-RETRY-ERR-0460", MYSQL),
    unknown("DTS-RETRY-ERR-0462", MYSQL),
    unknown("DTS-RETRY-ERR-0463", MYSQL),
    unknown("DTS-RETRY-ERR-0493", MYSQL),
    unknown("DTS-RETRY-ERR-0495", MYSQL),
    unknown("DTS-RETRY-ERR-0450", REDIS),
    unknown("DTS-RETRY-ERR-0451", REDIS),
    unknown("DTS-RETRY-ERR-0452", REDIS),
    unknown("DTS-RETRY-ERR-0453", REDIS),
    unknown("DTS-RETRY-ERR-0454", REDIS),
    unknown("DTS-RETRY-ERR-0455", REDIS),
    unknown("DTS-RETRY-ERR-0457", REDIS),
    unknown("DTS-RETRY-ERR-0458", REDIS),
    unknown("DTS-RETRY-ERR-0461", REDIS),
    unknown("DTS-RETRY-ERR-0464", REDIS),
    unknown("DTS-RETRY-ERR-0465", REDIS),
    unknown("DTS-RETRY-ERR-0466", REDIS),
    unknown("DTS-RETRY-ERR-0467", REDIS),
    unknown("DTS-RETRY-ERR-0468", REDIS),
    unknown("DTS-RETRY-ERR-0470", REDIS),
    unknown("DTS-RETRY-ERR-0438", CLICKHOUSE),
    unknown("DTS-RETRY-ERR-0444", CLICKHOUSE),
    unknown("DTS-RETRY-ERR-0448", CLICKHOUSE),
    unknown("DTS-RETRY-ERR-0473", MONGODB),
    unknown("DTS-RETRY-ERR-0474", MONGODB),
    unknown("DTS-RETRY-ERR-0475", MONGODB),
    unknown("DTS-RETRY-ERR-0476", MONGODB),
    unknown("DTS-RETRY-ERR-0477", MONGODB),
    unknown("DTS-RETRY-ERR-0478", MONGODB),
    unknown("DTS-RETRY-ERR-0479", MONGODB),
    unknown("DTS-RETRY-ERR-0480", MONGODB),
    unknown("DTS-RETRY-ERR-0447", ANALYTICDB),
    unknown("DTS-RETRY-ERR-0469", ANALYTICDB),
    unknown("DTS-RETRY-ERR-0471", ANALYTICDB),
    unknown("DTS-RETRY-ERR-0472", ANALYTICDB),
    unknown("DTS-RETRY-ERR-0483", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0484", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0485", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0486", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0487", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0488", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0489", ELASTICSEARCH),
    unknown("DTS-RETRY-ERR-0490", FUNCTION_COMPUTE),
    unknown("DTS-RETRY-ERR-0491", POSTGRESQL),
    unknown("DTS-RETRY-ERR-0492", POSTGRESQL),
    unknown("DTS-RETRY-ERR-0499", POSTGRESQL),
    unknown("DTS-RETRY-ERR-0500", POSTGRESQL),
    unknown("DTS-RETRY-ERR-0482", OCEANBASE),
    unknown("DTS-RETRY-ERR-0494", OCEANBASE),
    unknown("DTS-RETRY-ERR-0496", MAXCOMPUTE),
    unknown("DTS-RETRY-ERR-0497", MAXCOMPUTE),
    unknown("DTS-RETRY-ERR-0498", MAXCOMPUTE),
    unknown("DTS-RETRY-ERR-0417", GENERAL),
];

const SQL_SERVER: &str = "it concerns SQL Server";
const ORACLE: &str = "it concerns Oracle";
const MYSQL: &str = "it concerns MySQL or PolarDB-X";
const REDIS: &str = "it concerns Redis";
const CLICKHOUSE: &str = "it concerns ClickHouse";
const MONGODB: &str = "it concerns MongoDB";
const ANALYTICDB: &str = "it concerns AnalyticDB for MySQL";
const ELASTICSEARCH: &str = "it concerns Elasticsearch";
const FUNCTION_COMPUTE: &str = "it concerns Function Compute";
const POSTGRESQL: &str = "it concerns Greenplum or PostgreSQL";
const OCEANBASE: &str = "it concerns OceanBase or Doris";
const MAXCOMPUTE: &str = "it concerns MaxCompute";
const GENERAL: &str = "it concerns no single engine";

const fn unknown(code: &'static str, engine: &'static str) -> ErrorGuide {
    row(code, &TEXT_UNKNOWN, engine)
}
