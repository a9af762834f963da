-- Made by first_schema.py; do not edit.
BEGIN TRANSACTION;
CREATE TABLE audit_logs (id TEXT PRIMARY KEY, event_type TEXT NOT NULL, user_id TEXT, action TEXT NOT NULL, resource_type TEXT NOT NULL, resource_id TEXT NOT NULL, status TEXT NOT NULL, metadata TEXT NOT NULL, created_at INTEGER NOT NULL) STRICT;
CREATE TABLE changes (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, collection TEXT NOT NULL, id TEXT NOT NULL, revision INTEGER NOT NULL);
CREATE TABLE consents (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, purpose TEXT NOT NULL, text_version INTEGER NOT NULL, given_at INTEGER NOT NULL, withdrawn_at INTEGER) STRICT;
CREATE TABLE idempotency_keys (
        user_id TEXT NOT NULL, key TEXT NOT NULL, fingerprint BLOB NOT NULL,
        entity_id TEXT NOT NULL, fence INTEGER NOT NULL, lease_until INTEGER NOT NULL, expires_at INTEGER NOT NULL,
        status INTEGER, headers TEXT, body BLOB,
        PRIMARY KEY (user_id, key));
CREATE TABLE jobs (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, kind TEXT NOT NULL, payload TEXT NOT NULL,
        priority INTEGER NOT NULL, available_at INTEGER NOT NULL, claimed INTEGER NOT NULL DEFAULT 0,
        attempt INTEGER NOT NULL DEFAULT 0, fence INTEGER NOT NULL DEFAULT 0,
        given_up INTEGER NOT NULL DEFAULT 0, reason TEXT NOT NULL DEFAULT '', buried_at INTEGER);
CREATE TABLE leases (
        name TEXT PRIMARY KEY, owner TEXT NOT NULL, until INTEGER NOT NULL, fence INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE model_figures (model_id TEXT PRIMARY KEY, usage_count INTEGER NOT NULL, try_on TEXT NOT NULL, try_on_revision INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "model_figures" VALUES('6b039fb2e0ad2242374b5d47',1,'{"state":"ready","score":1,"reasons":[]}',2);
CREATE TABLE models (id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, name TEXT NOT NULL, body_type TEXT NOT NULL, height_cm REAL NOT NULL, measurements TEXT, skin_tone TEXT, size TEXT NOT NULL, image TEXT, is_active INTEGER NOT NULL, is_deleted INTEGER NOT NULL, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "models" VALUES('6b039fb2e0ad2242374b5d47','6b039fb2e0ad2242374b5d42','Riya','average',165.0,NULL,NULL,'M','{"id":"6b039fb2e0ad2242374b5d48","key":"models/6b039fb2e0ad2242374b5d47/6b039fb2e0ad2242374b5d48.webp","thumbnail_key":"models/6b039fb2e0ad2242374b5d47/thumbnails/6b039fb2e0ad2242374b5d48_thumb.webp","width":768,"height":1024,"blurhash":"TQN-7fxu~qoeRjWB_2ayIotRWBay","content_hash":"a7777709261da7b5147aa85a4d2e3e09f65028ee05d01413c8cdfed342a6a7c5"}',1,0,2,1795399602481,1795399602583);
CREATE TABLE object_ledger (
        key TEXT PRIMARY KEY, owner TEXT, purpose TEXT NOT NULL, content_hash TEXT NOT NULL,
        reference_count INTEGER NOT NULL, expires_at INTEGER, condemned INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
INSERT INTO "object_ledger" VALUES('analyses/87beed0bc9762ae4a8821e29f39aac9e13334427c5a45369e091786942444e01/garment3_v6.bin',NULL,'analysis','cfab7b7a2f4c1359719c690b062533f2bea5847bf6b4dc9fd122618113199ec2',0,4102444800000,0);
INSERT INTO "object_ledger" VALUES('analyses/a7777709261da7b5147aa85a4d2e3e09f65028ee05d01413c8cdfed342a6a7c5/person_classical_v6.bin',NULL,'analysis','cd1588d8b9e9f4c7994538904a5b1d8f649cc5ea964bfa3c2391be4b93433c35',0,4102444800000,0);
INSERT INTO "object_ledger" VALUES('models/6b039fb2e0ad2242374b5d47/6b039fb2e0ad2242374b5d48.webp',NULL,'model_picture','a7777709261da7b5147aa85a4d2e3e09f65028ee05d01413c8cdfed342a6a7c5',1,NULL,0);
INSERT INTO "object_ledger" VALUES('models/6b039fb2e0ad2242374b5d47/thumbnails/6b039fb2e0ad2242374b5d48_thumb.webp',NULL,'model_picture','f5e56e2940350643e53e0907be4fe889c7dcf831ae42fb243bd09af3600ca9d7',1,NULL,0);
INSERT INTO "object_ledger" VALUES('products/6b039fb2e0ad2242374b5d45/6b039fb2e0ad2242374b5d46.webp',NULL,'product_picture','87beed0bc9762ae4a8821e29f39aac9e13334427c5a45369e091786942444e01',1,NULL,0);
INSERT INTO "object_ledger" VALUES('products/6b039fb2e0ad2242374b5d45/thumbnails/6b039fb2e0ad2242374b5d46_thumb.webp',NULL,'product_picture','4f33e19ef7e36dee6b5be5f8d930f98d5c4c5030eb9481b800ccf0e82b6bba59',1,NULL,0);
INSERT INTO "object_ledger" VALUES('tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1-fit.webp',NULL,'tryon_result','60f301a09a0f7a53cb2f87facca7359ce31841343e3aff8609b568fde2d4a7b5',1,4102444800000,0);
INSERT INTO "object_ledger" VALUES('tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1-mask.png',NULL,'tryon_result','5ee5cb0583c14a920b9cc85aeb057b2c678e126fa93638ec92dca7ae8c8cdc62',1,4102444800000,0);
INSERT INTO "object_ledger" VALUES('tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1.webp',NULL,'tryon_result','a24954d4d8cd1d2c0c9dd33ae9f56b5ded3d7bf3a140818c24c96463c33b64b6',1,4102444800000,0);
CREATE TABLE product_figures (product_id TEXT PRIMARY KEY, stock TEXT NOT NULL, try_on TEXT NOT NULL, try_on_revision INTEGER NOT NULL, popularity INTEGER NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO "product_figures" VALUES('6b039fb2e0ad2242374b5d45','{"M":5}','{"state":"ready","score":1,"reasons":[]}',2,5);
CREATE TABLE products (id TEXT PRIMARY KEY, retailer_id TEXT NOT NULL, name TEXT NOT NULL, description TEXT NOT NULL, category TEXT NOT NULL, subcategory TEXT, tags TEXT NOT NULL, price INTEGER NOT NULL, colors TEXT NOT NULL, material TEXT, images TEXT NOT NULL, sizes TEXT NOT NULL, size_chart TEXT NOT NULL, size_chart_of TEXT NOT NULL, size_chart_unit TEXT NOT NULL, hsn TEXT, tax_class TEXT NOT NULL, is_deleted INTEGER NOT NULL, revision INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
INSERT INTO "products" VALUES('6b039fb2e0ad2242374b5d45','6b039fb2e0ad2242374b5d42','Blue Silk Kurta','','Kurtas',NULL,'[]',129950,'[]',NULL,'[{"id":"6b039fb2e0ad2242374b5d46","key":"products/6b039fb2e0ad2242374b5d45/6b039fb2e0ad2242374b5d46.webp","thumbnail_key":"products/6b039fb2e0ad2242374b5d45/thumbnails/6b039fb2e0ad2242374b5d46_thumb.webp","width":768,"height":1024,"blurhash":"TgO:CR%1?^soj[WB?^kCIA-;fktQ","content_hash":"87beed0bc9762ae4a8821e29f39aac9e13334427c5a45369e091786942444e01"}]','["M"]','{}','body','cm',NULL,'apparel',0,2,1795399602342,1795399602471);
CREATE TABLE schema_migrations (feature TEXT NOT NULL, version INTEGER NOT NULL, name TEXT NOT NULL, PRIMARY KEY (feature, version)) WITHOUT ROWID;
INSERT INTO "schema_migrations" VALUES('audit',1,'create audit logs');
INSERT INTO "schema_migrations" VALUES('change_feed',1,'create changes');
INSERT INTO "schema_migrations" VALUES('idempotency',1,'create idempotency_keys');
INSERT INTO "schema_migrations" VALUES('jobs',1,'create jobs');
INSERT INTO "schema_migrations" VALUES('leases',1,'create leases');
INSERT INTO "schema_migrations" VALUES('models',1,'create models');
INSERT INTO "schema_migrations" VALUES('models',2,'create model figures');
INSERT INTO "schema_migrations" VALUES('object_ledger',1,'create object_ledger');
INSERT INTO "schema_migrations" VALUES('products',1,'create products');
INSERT INTO "schema_migrations" VALUES('products',2,'create product figures');
INSERT INTO "schema_migrations" VALUES('products',3,'create stock takings');
INSERT INTO "schema_migrations" VALUES('sessions',1,'create sessions');
INSERT INTO "schema_migrations" VALUES('style',1,'create style variations');
INSERT INTO "schema_migrations" VALUES('tryon',1,'create try-on sessions, results and consents');
INSERT INTO "schema_migrations" VALUES('users',1,'create users');
CREATE TABLE sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, refresh_id TEXT NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, revoked_at INTEGER) STRICT, WITHOUT ROWID;
CREATE TABLE stock_takings (order_id TEXT PRIMARY KEY, lines TEXT NOT NULL, given_back INTEGER NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE style_variations (id TEXT PRIMARY KEY, session_id TEXT NOT NULL, user_id TEXT NOT NULL, style TEXT NOT NULL, result_key TEXT NOT NULL, ai_provider TEXT NOT NULL, processing_time_ms INTEGER NOT NULL, created_at INTEGER NOT NULL, expires_at INTEGER NOT NULL, UNIQUE (session_id, style)) STRICT;
CREATE TABLE tryon_results (input_hash TEXT PRIMARY KEY, result_key TEXT NOT NULL, mask_key TEXT, quality TEXT NOT NULL, ai_provider TEXT NOT NULL, processing_time_ms INTEGER NOT NULL, created_at INTEGER NOT NULL) STRICT;
INSERT INTO "tryon_results" VALUES('eca138275e765867f0615e372526bb39556a9160a8592f2531cdc41ed97d1265','tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1.webp','tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1-mask.png','{"score":1,"parts":{"cutout":1,"fit":1,"pose":1},"warnings":[],"fit":{"zones":[{"zone":"chest","verdict":"fitted","ease_cm":7.2},{"zone":"waist","verdict":"fitted","ease_cm":7.3},{"zone":"upper_arm","verdict":"fitted","ease_cm":5.6}],"notes":["Ends 4 cm above the hip.","The sleeves end 15 cm below the shoulder."]}}','fallback',2644,1795399605470);
CREATE TABLE tryon_sessions (id TEXT PRIMARY KEY, user_id TEXT NOT NULL, kind TEXT NOT NULL, model_id TEXT, product_id TEXT NOT NULL, retailer_id TEXT, model_name TEXT NOT NULL, product_name TEXT NOT NULL, person_key TEXT NOT NULL, person_hash TEXT NOT NULL, garment_key TEXT NOT NULL, garment_hash TEXT NOT NULL, garment_category TEXT NOT NULL, options TEXT NOT NULL, fit_points TEXT, size_scale REAL NOT NULL, input_hash TEXT NOT NULL, status TEXT NOT NULL, progress INTEGER NOT NULL, stage TEXT NOT NULL, fence INTEGER NOT NULL, result_key TEXT, mask_key TEXT, quality TEXT, cached INTEGER NOT NULL, is_favorite INTEGER NOT NULL, ai_provider TEXT, processing_time_ms INTEGER, error TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, expires_at INTEGER NOT NULL) STRICT;
INSERT INTO "tryon_sessions" VALUES('6b039fb2e0ad2242374b5d49','6b039fb2e0ad2242374b5d3f','model','6b039fb2e0ad2242374b5d47','6b039fb2e0ad2242374b5d45','6b039fb2e0ad2242374b5d42','Riya','Blue Silk Kurta','models/6b039fb2e0ad2242374b5d47/6b039fb2e0ad2242374b5d48.webp','a7777709261da7b5147aa85a4d2e3e09f65028ee05d01413c8cdfed342a6a7c5','products/6b039fb2e0ad2242374b5d45/6b039fb2e0ad2242374b5d46.webp','87beed0bc9762ae4a8821e29f39aac9e13334427c5a45369e091786942444e01','Kurtas','{}',NULL,1.0,'eca138275e765867f0615e372526bb39556a9160a8592f2531cdc41ed97d1265','completed',100,'done',3145729,'tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1.webp','tryon_results/e7b8a0a9720fdd86927bdf74dd9a852352e57ed1-mask.png','{"score":1,"parts":{"cutout":1,"fit":1,"pose":1},"warnings":[],"fit":{"zones":[{"zone":"chest","verdict":"fitted","ease_cm":7.2},{"zone":"waist","verdict":"fitted","ease_cm":7.3},{"zone":"upper_arm","verdict":"fitted","ease_cm":5.6}],"notes":["Ends 4 cm above the hip.","The sleeves end 15 cm below the shoulder."]}}',0,0,'fallback',2879,NULL,1795399602588,1795399605482,4102444800000);
CREATE TABLE users (id TEXT PRIMARY KEY, email TEXT NOT NULL, hashed_password TEXT NOT NULL, name TEXT NOT NULL, phone TEXT, role TEXT NOT NULL, measurements TEXT, gstin TEXT, state TEXT, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL) STRICT;
INSERT INTO "users" VALUES('6b039fb2e0ad2242374b5d3f','priya@first.example','bcrypt-sha384:$2b$04$VLd14N04OKYM.mzzigscP.jjzGya0h0oq9r694JwqHp9ryZIc.3Au','Asha Rao',NULL,'customer',NULL,NULL,NULL,1795399602223,1795399602223);
INSERT INTO "users" VALUES('6b039fb2e0ad2242374b5d42','seller@first.example','bcrypt-sha384:$2b$04$/6PRxvlI2VtHwO86vg1.weioSqmeOOO.Xqx8pX5GVcIaczpVLsYne','Asha Rao',NULL,'retailer',NULL,NULL,NULL,1795399602240,1795399602240);
CREATE INDEX audit_logs_user ON audit_logs (user_id, created_at, id);
CREATE INDEX audit_logs_created_at ON audit_logs (created_at);
CREATE INDEX sessions_user ON sessions (user_id, created_at DESC);
CREATE INDEX sessions_expires_at ON sessions (expires_at);
CREATE UNIQUE INDEX users_email ON users (email);
CREATE INDEX users_role ON users (role);
CREATE INDEX users_created_at ON users (created_at);
CREATE INDEX models_of_retailer ON models (retailer_id, is_deleted);
CREATE INDEX models_by_body_type ON models (body_type);
CREATE INDEX models_by_skin_tone ON models (skin_tone);
CREATE INDEX models_by_age ON models (created_at DESC);
CREATE INDEX model_figures_by_use ON model_figures (usage_count DESC);
CREATE INDEX products_of_retailer ON products (retailer_id, is_deleted);
CREATE INDEX products_by_category ON products (category, is_deleted);
CREATE INDEX products_by_price ON products (price, is_deleted);
CREATE INDEX products_by_age ON products (created_at DESC);
CREATE INDEX style_variations_user ON style_variations (user_id, id);
CREATE INDEX tryon_user_created ON tryon_sessions (user_id, created_at DESC, id DESC);
CREATE INDEX tryon_retailer_created ON tryon_sessions (retailer_id, created_at DESC);
CREATE INDEX tryon_product_created ON tryon_sessions (product_id, created_at DESC);
CREATE INDEX tryon_user_favorite ON tryon_sessions (user_id, is_favorite);
CREATE INDEX tryon_expires ON tryon_sessions (expires_at);
CREATE INDEX tryon_pending ON tryon_sessions (updated_at) WHERE status = 'pending';
CREATE INDEX tryon_results_key ON tryon_results (result_key);
CREATE INDEX consents_user ON consents (user_id, given_at);
CREATE INDEX jobs_by_turn ON jobs (priority DESC, sequence) WHERE buried_at IS NULL;
CREATE INDEX jobs_given_up ON jobs (attempt) WHERE given_up = 1 AND buried_at IS NULL;
CREATE INDEX jobs_buried ON jobs (buried_at) WHERE buried_at IS NOT NULL;
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (expires_at);
CREATE INDEX object_ledger_by_owner ON object_ledger (owner, key) WHERE owner IS NOT NULL;
CREATE INDEX object_ledger_by_expiry ON object_ledger (expires_at) WHERE expires_at IS NOT NULL AND condemned = 0;
CREATE INDEX object_ledger_unheld ON object_ledger (key) WHERE reference_count = 0 AND expires_at IS NULL AND condemned = 0;
CREATE INDEX object_ledger_condemned ON object_ledger (key) WHERE condemned = 1;
DELETE FROM "sqlite_sequence";
COMMIT;
